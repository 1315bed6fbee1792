using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.Runs;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Tests.Core.Activations;

public sealed class ActivationTelemetryTests : IDisposable
{
    private const string Recorded = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string NotRecorded = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private readonly Kept _spans = new();
    private readonly TracerProvider _provider;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ActivationTelemetry _telemetry;

    public ActivationTelemetryTests()
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetSampler(new ParentBasedSampler(new RequestedWork())).AddSource(ActivationTelemetry.Name).AddProcessor(_spans).Build();
        _telemetry = new ActivationTelemetry(_services.GetRequiredService<IMeterFactory>());
    }

    [Fact]
    public void StartBatch_Several_IsATraceOfItsOwnWithALinkToEach()
    {
        using var first = Hold(Recorded);
        using var second = Hold(null);

        _telemetry.StartBatch([first, second], "several")?.Dispose();

        var batch = Assert.Single(_spans.All, span => span.DisplayName == "several");
        Assert.Equal(default, batch.ParentSpanId);
        Assert.Equal([first.Span!.Context, second.Span!.Context], batch.Links.Select(link => link.Context));
    }

    [Fact]
    public void StartBatch_One_IsPartOfItsTrace()
    {
        using var only = Hold(Recorded);

        _telemetry.StartBatch([only], "one")?.Dispose();

        var part = Assert.Single(_spans.All, span => span.DisplayName == "one");
        Assert.Equal((only.Span!.TraceId, only.Span.SpanId), (part.TraceId, part.ParentSpanId));
    }

    [Fact]
    public void StartBatch_NoneRecorded_IsNotRecorded()
    {
        using var first = Hold(NotRecorded);
        using var second = Hold(NotRecorded);

        Assert.Null(_telemetry.StartBatch([first, second], "none"));
        Assert.Null(first.OtelTraceId);
    }

    [Fact]
    public void Start_AttemptAfterAttempt_JoinsTheStoredTrace()
    {
        using var first = Hold(Recorded);
        using var second = Hold(Recorded);

        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "0af7651916cd43dd8448eb211c80319c"), (first.OtelTraceId, second.OtelTraceId));
        Assert.Null(Activity.Current);
    }

    public void Dispose()
    {
        _telemetry.Dispose();
        _provider.Dispose();
        _services.Dispose();
    }

    private HeldLease Hold(string? traceParent)
    {
        var claim = new ActivationClaim(
            Guid.NewGuid(), "home", Guid.NewGuid(), Guid.NewGuid(), ActivationReason.Conversation, null, null, 1, 1, 0, 0, null, traceParent, null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        return new HeldLease(claim, _telemetry.Start(claim, TimeProvider.System.GetUtcNow()), CancellationToken.None);
    }

    private sealed class Kept : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> All { get; } = new();

        public override void OnEnd(Activity data) => All.Enqueue(data);
    }
}
