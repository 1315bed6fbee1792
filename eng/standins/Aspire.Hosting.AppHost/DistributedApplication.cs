using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

/// <summary>A graph that is complete: it can be run here, or written down as a manifest.</summary>
public class DistributedApplication
{
    private readonly DistributedApplicationBuilder _builder;

    internal DistributedApplication(DistributedApplicationBuilder builder) => _builder = builder;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) =>
        CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options);

    /// <summary>Runs until Ctrl-C or SIGTERM, or writes the manifest and returns. A failure is printed and sets the exit code to 1.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_builder.ExecutionContext.IsPublishMode)
            {
                await ManifestPublisher.PublishAsync(_builder, cancellationToken);
            }
            else
            {
                await new LocalRun(_builder).RunAsync(cancellationToken);
            }
        }
        catch (DistributedApplicationException exception)
        {
            await Console.Error.WriteLineAsync($"fail: {exception.Message}");
            Environment.ExitCode = 1;
        }
    }
}
