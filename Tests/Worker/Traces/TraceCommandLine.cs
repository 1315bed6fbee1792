using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Platform.Worker.Features.Traces;

namespace Platform.Tests.Worker.Traces;

/// <summary>Runs <c>worker traces</c> inside the test.</summary>
internal static class TraceCommandLine
{
    public static async Task<TraceCommandResult> RunAsync(Func<IHost> buildHost, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var parsed = TracesCommand.Create(buildHost, () => bytes).Parse(arguments);
        var code = await parsed.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
            TestContext.Current.CancellationToken);
        return new TraceCommandResult(code, output.ToString(), error.ToString(), bytes.ToArray());
    }
}
