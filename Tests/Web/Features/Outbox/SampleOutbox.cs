using Platform.Contracts.Outbox;
using Platform.Tests.Web.Features.Webhooks;

namespace Platform.Tests.Web.Features.Outbox;

/// <summary>Effects in every state and two dead letters, for the receivers of <see cref="SampleWebhooks"/>.</summary>
internal static class SampleOutbox
{
    public const string Activation = "01900000-0000-7000-8000-00000000ac7e";
    public const string Letter = "01900000-0000-7000-8000-0000000000d1";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static StubWorld World()
    {
        var world = SampleWebhooks.World();
        world.Outbox = new OutboxResponse(
            1,
            1,
            1,
            2,
            754.2,
            [
                Effect("01900000-0000-7000-8000-0000000000e1", EffectState.Retrying, "activation.failed") with { Attempt = 3, NotBefore = Now.AddMinutes(9).AddSeconds(30), LastError = "HTTP 503: Back in ten minutes" },
                Effect("01900000-0000-7000-8000-0000000000e2", EffectState.Delivering, "message.created") with { ActivationId = null },
                Effect("01900000-0000-7000-8000-0000000000e3", EffectState.Waiting, "activation.answered"),
            ],
            null);
        world.DeadLetters = new DeadLetterList(
            [
                Dead(Letter, "activation.failed", "HTTP 500: the lamp store is on fire") with { Tries = 6 },
                Dead("01900000-0000-7000-8000-0000000000d2", "webhook.ping", "HTTP 404: <html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>"),
            ],
            null);
        return world;
    }

    /// <summary>A receiver that is down: 37 deliveries wait, and dead letters of before have the same error.</summary>
    public static StubWorld KeepsFailing()
    {
        const string Refused = "Connection refused";
        var world = SampleWebhooks.World();
        world.Webhooks[1] = world.Webhooks[1] with { ConsecutiveFailures = 37, LastError = Refused, PausedUntil = Now.AddMinutes(4) };
        world.Outbox = new OutboxResponse(
            0,
            0,
            37,
            0,
            3000,
            [.. Enumerable.Range(10, 37).Select(n => Effect($"01900000-0000-7000-8000-0000000000{n}", EffectState.Retrying, "activation.answered") with { Attempt = 2, LastError = Refused })],
            null);
        return world;
    }

    private static EffectResponse Effect(string id, EffectState state, string type) => new(
        id, state, EffectKind.Webhook, SampleWebhooks.Fails, SampleWebhooks.LongAddress, type, $"evt_{id}", Activation, 0, Now, null, Now.AddMinutes(-12));

    private static DeadLetterResponse Dead(string id, string type, string error) => new(
        id,
        EffectKind.Webhook,
        SampleWebhooks.Fails,
        SampleWebhooks.LongAddress,
        type,
        $"evt_{id}",
        Activation,
        """{"type":"activation.failed","data":{"bot":"ada"}}""",
        1,
        error,
        Now.AddHours(-2).AddMinutes(-1),
        Now.AddHours(-2).AddSeconds(-5));
}
