using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Core.Models;

namespace Platform.Tests.Core.Models;

public sealed class GenAiTelemetryTests
{
    [Fact]
    public async Task StreamAsync_Call_LeavesASpanAndMetricsWithoutContent()
    {
        var model = $"rehearsal:fast-{Guid.NewGuid():N}";
        var spans = new ConcurrentQueue<Activity>();
        using var spanListener = Listen(spans);
        var measured = new ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var meterListener = new MeterListener { InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == GenAiTelemetry.SourceName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        } };
        meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, ToTags(tags))));
        meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, ToTags(tags))));
        meterListener.Start();
        await using var models = ModelsHost.Create();

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask(model, "A secret about marmalade"));

        var span = Assert.Single(spans, span => span.DisplayName == $"chat {model}");
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("rehearsal", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(result.TokensOut, span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.DoesNotContain("marmalade", string.Join(' ', span.TagObjects.Select(tag => tag.Value)), StringComparison.Ordinal);
        var mine = measured.Where(measure => model.Equals(measure.Tags["gen_ai.request.model"])).ToList();
        Assert.Equal(
            ["gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.token.usage", "gen_ai.client.token.usage"],
            mine.Select(measure => measure.Name).Order());
        Assert.Equal(["input", "output"], mine.Select(measure => measure.Tags.GetValueOrDefault("gen_ai.token.type")).OfType<string>());
    }

    [Fact]
    public async Task StreamAsync_ContentAndOlderConventionsAskedFor_AreOnTheSpan()
    {
        var model = $"rehearsal:fast-{Guid.NewGuid():N}";
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        await using var models = ModelsHost.Create(
            settings: [("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true"), ("Models:GenAiConventions", "1.36")]);

        await models.Pipeline.RunAsync(Calls.Ask(model, "A secret about marmalade"));

        var span = Assert.Single(spans, span => span.DisplayName == $"chat {model}");
        Assert.Equal("rehearsal", span.GetTagItem("gen_ai.system"));
        Assert.Null(span.GetTagItem("gen_ai.provider.name"));
        Assert.Contains("marmalade", Assert.IsType<string>(span.GetTagItem("gen_ai.input.messages")), StringComparison.Ordinal);
        Assert.Contains("assistant", Assert.IsType<string>(span.GetTagItem("gen_ai.output.messages")), StringComparison.Ordinal);
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GenAiTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Dictionary<string, object?> ToTags(ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(tags.ToArray());
}
