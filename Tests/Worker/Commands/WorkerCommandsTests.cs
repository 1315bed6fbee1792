using Platform.Worker.Commands;

namespace Platform.Tests.Worker.Commands;

public sealed class WorkerCommandsTests
{
    [Theory]
    [InlineData("Unknown command 'frobnicate'. See --help.", "frobnicate")]
    [InlineData("Unknown option '--frobnicate'. Settings are written as --Key=value. See --help.", "--frobnicate")]
    [InlineData("Unknown command 'trace'. See --help.", "trace", "list")]
    [InlineData("Unknown command 'traces'. See --help.", "--Http:Timeout=00:00:10", "traces")]
    [InlineData("Unknown option '--frobnicate'. See migrate --help.", "migrate", "--frobnicate")]
    [InlineData("Unknown argument 'now'. See migrate --help.", "migrate", "now")]
    [InlineData("Unknown command 'frobnicate'. See traces --help.", "traces", "frobnicate")]
    [InlineData("Unknown option '--frobnicate'. See traces list --help.", "traces", "list", "--frobnicate")]
    [InlineData("traces needs a command: import, list, search, show, diff, export, verify. See traces --help.", "traces")]
    [InlineData("traces show needs <id>. See traces show --help.", "traces", "show")]
    [InlineData("traces export needs --format. See traces export --help.", "traces", "export")]
    [InlineData("--limit: 'many' is not a whole number. See traces list --help.", "traces", "list", "--limit", "many")]
    [InlineData("--limit needs a value. See traces list --help.", "traces", "list", "--limit")]
    [InlineData("--cause must be one of nightly, deploy, manual, not 'why'. See backup --help.", "backup", "--cause", "why")]
    public async Task Run_CommandLineThatIsNotUnderstood_SaysWhyAndExitsWith2(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((2, expected, ""), (code, error.Trim(), output));
    }

    [Theory]
    [InlineData("migrate", "--help")]
    [InlineData("health <alive>", "help")]
    [InlineData("docs/configuration.md", "-h")]
    [InlineData("--silent-reason", "traces", "list", "--help")]
    [InlineData("--cause <deploy|manual|nightly>", "backup", "--help")]
    [InlineData("alive", "health", "--help")]
    public async Task Run_Help_PrintsTheUsage(string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("additional arguments", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await WorkerCommands.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
