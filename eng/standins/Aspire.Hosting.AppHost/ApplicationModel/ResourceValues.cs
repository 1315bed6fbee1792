namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the builder calls say about a resource's environment and arguments, put together.</summary>
internal static class ResourceValues
{
    public static Dictionary<string, object> Environment(IResource resource, DistributedApplicationExecutionContext execution, int replica = 0)
    {
        var context = new EnvironmentCallbackContext(execution) { Replica = replica };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    public static IList<object> Args(IResource resource, DistributedApplicationExecutionContext execution)
    {
        var context = new CommandLineArgsCallbackContext([]) { ExecutionContext = execution };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        return context.Args;
    }

    /// <summary>The value of a variable or an argument at run time.</summary>
    public static async ValueTask<string?> ResolveAsync(object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken),
        _ => throw new DistributedApplicationException($"A {value.GetType().Name} has no value at run time."),
    };
}
