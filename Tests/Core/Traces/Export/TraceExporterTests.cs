using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Core.Access;
using Platform.Core.Traces;
using Platform.Core.Traces.Export;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces.Export;

public sealed class TraceExporterTests(SampleTraces samples, LocalPostgres postgres) : IClassFixture<SampleTraces>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Otlp_AllSamples_AreStrictlyOtlpWithATraceAnActivation()
    {
        var spans = OtlpReader.Read(await ExportAsync(ExportFormat.Otlp, new TraceFilter()));

        var roots = spans.Where(span => span.ParentId is null).ToList();
        Assert.Equal(15, roots.Count);
        Assert.Equal(15, roots.Select(span => span.TraceId).Distinct().Count());
        Assert.Equal(spans.Count, spans.Select(span => span.SpanId).Distinct().Count());
        Assert.All(spans, span => Assert.True(span.Start <= span.End));
        Assert.All(spans.Where(span => span.ParentId is not null), span =>
            Assert.Contains(roots, root => root.SpanId == span.ParentId && root.TraceId == span.TraceId));
        Assert.All(spans, span => Assert.Contains("gen_ai.operation.name", span.Attributes.Keys));
    }

    [Fact]
    public async Task Otlp_ATraceWithTools_HasAgentCallAndToolSpans()
    {
        var spans = OtlpReader.Read(await ExportAsync(ExportFormat.Otlp, TestFilter.Of("q=ed0e6f6c")));

        var root = Assert.Single(spans, span => span.ParentId is null);
        Assert.Equal("invoke_agent PlainSonnet4.5", root.Name);
        Assert.Equal("ed0e6f6c", root.Attributes["platform.trace.source_id"]);
        Assert.Contains("log", root.Events);
        var call = Assert.Single(spans, span => span.Kind == 3);
        Assert.Equal("chat claude-sonnet-4-5-20250929", call.Name);
        Assert.Equal("anthropic", call.Attributes["gen_ai.provider.name"]);
        Assert.Equal(("3300", "310"), (call.Attributes["gen_ai.usage.input_tokens"], call.Attributes["gen_ai.usage.output_tokens"]));
        Assert.Equal(("5300", "300"), (call.Attributes["gen_ai.usage.cache_read.input_tokens"], call.Attributes["gen_ai.usage.cache_creation.input_tokens"]));
        Assert.Contains("stop_sequence", call.Attributes["gen_ai.response.finish_reasons"], StringComparison.Ordinal);
        Assert.Equal("4096", call.Attributes["gen_ai.request.max_tokens"]);
        Assert.Equal(40_000_000UL, call.End - call.Start);
        Assert.Equal(
            ["execute_tool create_entities", "execute_tool create_relations"],
            spans.Where(span => span.Name.StartsWith("execute_tool", StringComparison.Ordinal)).Select(span => span.Name));
    }

    [Fact]
    public async Task Otlp_AFailedTrace_HasErrorTypeAndStatus()
    {
        var spans = OtlpReader.Read(await ExportAsync(ExportFormat.Otlp, TestFilter.Of("q=5072bd58")));

        Assert.All(spans, span => Assert.Equal(2, span.StatusCode));
        Assert.All(spans, span => Assert.Contains("error.type", span.Attributes.Keys));
    }

    [Fact]
    public async Task Otlp_WithoutContent_HasNothingThatWasSaid()
    {
        var spans = OtlpReader.Read(await ExportAsync(ExportFormat.Otlp, new TraceFilter()));

        string[] content = ["gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result"];
        Assert.All(spans, span => Assert.Empty(span.Attributes.Keys.Intersect(content)));
    }

    [Fact]
    public async Task Otlp_WithContent_HasMessagesInTheConventionsShape()
    {
        var spans = OtlpReader.Read(await ExportAsync(ExportFormat.Otlp, TestFilter.Of("q=ed0e6f6c"), new ExportOptions(Content: true)));

        var call = Assert.Single(spans, span => span.Kind == 3);
        using var input = JsonDocument.Parse(call.Attributes["gen_ai.input.messages"]);
        Assert.True(input.RootElement.GetArrayLength() > 10);
        Assert.All(input.RootElement.EnumerateArray(), message =>
        {
            Assert.NotEmpty(message.GetProperty("role").GetString() ?? "");
            Assert.All(message.GetProperty("parts").EnumerateArray(), part => Assert.NotEmpty(part.GetProperty("type").GetString() ?? ""));
        });
        using var output = JsonDocument.Parse(call.Attributes["gen_ai.output.messages"]);
        Assert.Equal("stop_sequence", Assert.Single(output.RootElement.EnumerateArray()).GetProperty("finish_reason").GetString());
        Assert.Contains("gen_ai.system_instructions", call.Attributes.Keys);
        Assert.Contains(spans, span => span.Attributes.ContainsKey("gen_ai.tool.call.arguments"));
    }

    [Fact]
    public async Task Otlp_Twice_IsTheSame() =>
        Assert.Equal(await ExportAsync(ExportFormat.Otlp, new TraceFilter()), await ExportAsync(ExportFormat.Otlp, new TraceFilter()));

    [Fact]
    public async Task Json_AllSamplesWithBodies_HoldsEachDocumentAndBodyExactly()
    {
        var files = Directory.GetFiles(Samples.Path("chapterx-logs"), "*.json", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

        using var exported = JsonDocument.Parse(await ExportAsync(ExportFormat.Json, new TraceFilter(), new ExportOptions(Bodies: true)));

        Assert.Equal(15, exported.RootElement.GetArrayLength());
        var bodies = 0;
        foreach (var trace in exported.RootElement.EnumerateArray())
        {
            var id = trace.GetProperty("summary").GetProperty("source_trace_id").GetString();
            Assert.Equal(files.Single(file => file.Key.Contains($"-{id}-", StringComparison.Ordinal)).Value, trace.GetProperty("document").GetRawText());
            foreach (var body in trace.GetProperty("calls").EnumerateArray().SelectMany(call => call.GetProperty("bodies").EnumerateArray()))
            {
                if (body.TryGetProperty("text", out var text))
                {
                    Assert.Equal(files[body.GetProperty("ref").GetString() ?? ""], text.GetString());
                    bodies++;
                }
            }
        }

        Assert.True(bodies > 30);
    }

    [Theory]
    [InlineData("text", 0)]
    [InlineData("text", 3_000_001)]
    [InlineData("base64", 3_000_001)]
    public async Task Json_LargeBody_IsWholeThoughWrittenInPieces(string form, int length)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = SampleTraces.BuildHost(database.ConnectionString);
        using var logs = new LogsFolder();
        byte[] body = form == "text" ? [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é🦉", length / 6)))] : [.. Enumerable.Repeat((byte)0xFF, length)];
        logs.WriteTrace(1, ",\"llmCalls\":[{\"requestBodyRef\":\"large.json\"}]");
        logs.Write("llm-requests/large.json", "");
        await File.WriteAllBytesAsync(Path.Combine(logs.Root, "llm-requests/large.json"), body, Token);
        using (var importing = new ImportHost(database.ConnectionString))
        {
            await importing.ImportFolderAsync(logs.Root, Token);
        }

        using var output = new MemoryStream();
        await host.Services.GetRequiredService<TraceExporter>().WriteAsync(
            ExportFormat.Json, Tenant.Home, new TraceFilter(), new ExportOptions(Bodies: true), output, Token);

        using var exported = JsonDocument.Parse(output.ToArray());
        var written = exported.RootElement[0].GetProperty("calls")[0].GetProperty("bodies")[0].GetProperty(form);
        Assert.Equal(body, form == "text" ? Encoding.UTF8.GetBytes(written.GetString() ?? "") : written.GetBytesFromBase64());
    }

    [Fact]
    public async Task Json_NothingSelected_IsAnEmptyArray() =>
        Assert.Equal("[]"u8.ToArray(), await ExportAsync(ExportFormat.Json, TestFilter.Of("bot=nobody")));

    private async Task<byte[]> ExportAsync(ExportFormat format, TraceFilter filter, ExportOptions? options = null)
    {
        using var output = new MemoryStream();
        await samples.Services.GetRequiredService<TraceExporter>().WriteAsync(format, Tenant.Home, filter, options ?? new ExportOptions(), output, Token);
        return output.ToArray();
    }
}
