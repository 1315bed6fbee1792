using System.Text;
using System.Text.Json;
using Platform.Tests.Core.Traces;

namespace Platform.Tests.Worker.Traces;

public sealed class TraceReadingCommandsTests(SampleTraces samples) : IClassFixture<SampleTraces>
{
    [Theory]
    [InlineData(15)]
    [InlineData(5, "--outcome", "failed")]
    [InlineData(3, "--bot", "Harbour Opus4")]
    [InlineData(4, "--limit", "4")]
    [InlineData(0, "--cost-from", "0.01")]
    [InlineData(0, "--to", "2020-01-01")]
    [InlineData(0, "--bot", "nobody")]
    public async Task List_Filtered_PrintsALineATrace(int count, params string[] options)
    {
        var result = await RunAsync(["list", .. options]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(count == 0 ? 0 : count + 1, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task List_Json_IsOneObjectALineWithoutAnythingElse()
    {
        var result = await RunAsync("list", "--json");

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(15, lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("source_trace_id").GetString()).Distinct().Count());
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("1443805843513417216", 1)]
    [InlineData("https://discord.com/channels/1/2/1439009897499852822", 1)]
    [InlineData("ca4c72f4", 1)]
    [InlineData("firabutodo_pasig", 5)]
    public async Task Search_ByIdLinkAndWords_FindsTheTraces(string text, int count)
    {
        var result = await RunAsync("search", text, "--json");

        Assert.Equal(count, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("list", "--outcome", "happy")]
    [InlineData("list", "--from", "yesterday")]
    [InlineData("list", "--limit", "0")]
    [InlineData("show", "ca4c72f4", "--body", "reply")]
    [InlineData("export", "--format", "xml")]
    [InlineData("diff", "ca4c72f4", "ca4c72f4", "--context", "-1")]
    public async Task Any_UnusableOption_ExitsWith2AndSaysWhy(params string[] arguments)
    {
        // No host: options are checked before a database is needed.
        var result = await TraceCommandLine.RunAsync(() => throw new InvalidOperationException("No host is needed."), arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("--", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Show_ATraceWithTools_PrintsAnOutlineWithoutColours()
    {
        var result = await RunAsync("show", "ed0e6f6c");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Context (26 of 30 messages, 0 omitted)", result.Output, StringComparison.Ordinal);
        Assert.Contains("claude-sonnet-4-5-20250929", result.Output, StringComparison.Ordinal);
        Assert.Contains("3 request, 3 response, 1 membrane_request", result.Output, StringComparison.Ordinal);
        Assert.Contains("create_relations", result.Output, StringComparison.Ordinal);
        Assert.Contains("Answer (sent as 1443805845107252736)", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public async Task Show_AFailedTraceWithLogs_PrintsItsErrorAndEveryLine()
    {
        var result = await RunAsync("show", "5072bd58", "--logs");

        Assert.Contains("llm_call: ", result.Output, StringComparison.Ordinal);
        Assert.Contains(" debug ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Raw_IsTheFile()
    {
        var file = Directory.GetFiles(Samples.Path("chapterx-logs"), "*-ed0e6f6c-*", SearchOption.AllDirectories).Single();

        var result = await RunAsync("show", "ed0e6f6c", "--raw");

        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), result.Bytes);
    }

    [Fact]
    public async Task Show_Body_IsTheBodysFile()
    {
        var file = Path.Combine(Samples.Path("chapterx-logs"), "llm-requests", "request-2026-11-21T08-13-34-358Z.json");

        var result = await RunAsync("show", "ed0e6f6c", "--body", "request", "--part", "2");

        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), result.Bytes);
    }

    [Theory]
    [InlineData("show", "nowhere")]
    [InlineData("show", "ed0e6f6c", "--body", "request", "--call", "7")]
    [InlineData("show", "ed0e6f6c", "--body", "request", "--part", "3")]
    [InlineData("diff", "ed0e6f6c", "nowhere")]
    public async Task Any_NotThere_ExitsWith1AndSaysWhatIsMissing(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.Empty(result.Bytes);
    }

    [Fact]
    public async Task Diff_TwoTraces_PrintsFiguresAndChangedLines()
    {
        var result = await RunAsync("diff", "ca4c72f4", "ed0e6f6c");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\ntokens in", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- name = Harbour Opus4", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n+ name = PlainSonnet4.5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ToAFile_WritesWhatTheStandardOutputWouldGet()
    {
        using var folder = new Platform.Tests.Core.Traces.ChapterX.LogsFolder();
        var path = Path.Combine(folder.Root, "traces.json");

        var toFile = await RunAsync("export", "--format", "json", "--bot", "PlainBot", "--output", path);
        var toOutput = await RunAsync("export", "--format", "json", "--bot", "PlainBot");

        Assert.Equal((0, 0), (toFile.ExitCode, toOutput.ExitCode));
        Assert.Equal("6 traces exported.", toFile.Error.Trim());
        Assert.Equal(Encoding.UTF8.GetString(toOutput.Bytes), await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Verify_Samples_ExitsWith0AndTellsWhatItChecked()
    {
        var result = await RunAsync("verify");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("15 traces, 15 documents (0 deleted by retention)", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("no problems.", result.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_DatabaseAway_ExitsWith1AtOnce()
    {
        var result = await TraceCommandLine.RunAsync(() => SampleTraces.BuildHost("Host=127.0.0.1;Port=1;Database=none;Username=none"), "list");

        Assert.Equal(
            (1, "The database does not answer at 127.0.0.1:1. Check that it is running and that ConnectionStrings__platformdb is right."),
            (result.ExitCode, result.Error.Trim()));
    }

    [Theory]
    [InlineData("", "No database is configured: set ConnectionStrings__platformdb")]
    [InlineData("Password=s3cret", "The connection string of the database is invalid: set ConnectionStrings__platformdb")]
    [InlineData("Host=h;Password=p;s3cret=x", "The connection string of the database is invalid: set ConnectionStrings__platformdb")]
    public async Task Any_NoUsableConnectionString_NamesTheSettingAndNoPassword(string connectionString, string expected)
    {
        var result = await TraceCommandLine.RunAsync(() => SampleTraces.BuildHost(connectionString), "list");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Error, StringComparison.Ordinal);
    }

    private Task<TraceCommandResult> RunAsync(params string[] arguments) => TraceCommandLine.RunAsync(samples.BuildHost, arguments);
}
