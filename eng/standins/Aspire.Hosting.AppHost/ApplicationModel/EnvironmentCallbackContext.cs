namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where an <see cref="EnvironmentCallbackAnnotation"/> writes.</summary>
public class EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null)
{
    /// <summary>Name to value; a value is a string or an <see cref="IValueProvider"/> with a manifest expression.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Which of the resource's processes the environment is for, from 0.</summary>
    internal int Replica { get; init; }
}
