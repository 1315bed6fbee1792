namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds command line arguments when the resource is started or published.</summary>
public class CommandLineArgsCallbackAnnotation(Action<CommandLineArgsCallbackContext> callback) : IResourceAnnotation
{
    public Action<CommandLineArgsCallbackContext> Callback { get; } = callback;
}
