namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a <see cref="CommandLineArgsCallbackAnnotation"/> writes.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args)
{
    /// <summary>Strings, or values that are known when the graph runs.</summary>
    public IList<object> Args { get; } = args;

    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);
}
