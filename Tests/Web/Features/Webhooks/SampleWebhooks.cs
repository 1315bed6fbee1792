using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Web.Features.Webhooks;

/// <summary>Receivers in every state: one that works, one that fails, one that is gone, one of the settings.</summary>
internal static class SampleWebhooks
{
    public const string Secret = "whsec_Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA==";
    public const string Works = "01900000-0000-7000-8000-0000000000f1";
    public const string Fails = "01900000-0000-7000-8000-0000000000f2";
    public const string Gone = "01900000-0000-7000-8000-0000000000f3";
    public const string Settings = "01900000-0000-7000-8000-0000000000f4";
    public const string LongAddress = "http://192.168.1.40:5678/webhook/4b0b3e8a-4f62-4c1c-9f3a-7c2f6d1e9a55";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static WebhookResponse Of(string id, string url = "https://house.example/hook", string? description = null) => new(
        id, EffectKind.Webhook, WebhookOrigin.Api, url, ["*"], description, true, null, null, null, Now.AddDays(-1), null, null, null);

    public static StubWorld World()
    {
        var world = new StubWorld();
        world.Webhooks.AddRange(
        [
            Of(Works, description: "Lights in the hall") with { LastSuccessAt = Now.AddMinutes(-3), LastFailureAt = Now.AddHours(-2), LastError = "HTTP 500" },
            Of(Fails, LongAddress) with
            {
                EventTypes = ["activation.failed", "activation.parked", "effect.dead"],
                LastFailureAt = Now.AddSeconds(-40),
                ConsecutiveFailures = 1,
                LastError = "HTTP 500: the lamp store is on fire",
                PreviousSecretUntil = Now.AddHours(20),
            },
            Of(Gone, description: "The old bridge") with { Enabled = false, DisabledReason = "HTTP 410: moved away", LastFailureAt = Now.AddDays(-3), LastError = "HTTP 410: moved away" },
            Of(Settings, "ws://192.168.1.20:8080/", "Streamer.bot") with { Kind = EffectKind.Streamerbot, Origin = WebhookOrigin.Settings },
        ]);
        return world;
    }
}
