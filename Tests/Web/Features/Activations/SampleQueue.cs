using Platform.Contracts.Activations;

namespace Platform.Tests.Web.Features.Activations;

/// <summary>A queue with something of every state.</summary>
internal static class SampleQueue
{
    public const string Running = "01900000-0000-7000-8000-000000000001";
    public const string Parked = "01900000-0000-7000-8000-000000000006";
    public const string Reason = "Parked: started 5 times, and its worker was lost each time.";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static StubWorld World()
    {
        var world = new StubWorld
        {
            Queue = new QueueResponse(
                2,
                2,
                1,
                1,
                95_000,
                [new QueueBot("ada", 2, 1, 0, 1), new QueueBot("pim", 0, 1, 1, 0)],
                [
                    Of(Running, "ada", QueueState.Running, TimeSpan.FromMinutes(2)) with { Attempt = 3, Worker = "house-4711-a1b2c3", StartedAt = Now.AddSeconds(-30) },
                    Of("01900000-0000-7000-8000-000000000002", "ada", QueueState.Running, TimeSpan.FromSeconds(50)) with { Attempt = 1, Worker = "house-4711-a1b2c3", StartedAt = Now, CancelRequestedBy = "you" },
                    Of("01900000-0000-7000-8000-000000000003", "pim", QueueState.Waiting, TimeSpan.FromSeconds(3)),
                    Of("01900000-0000-7000-8000-000000000004", "ada", QueueState.Waiting, TimeSpan.FromSeconds(95)) with { Losses = 2, Attempt = 2, ChannelName = null, NotBefore = Now.AddSeconds(3) },
                    Of("01900000-0000-7000-8000-000000000005", "pim", QueueState.Deferred, TimeSpan.FromMinutes(9)) with { Deferrals = 2, DeferredReason = "model_error", NotBefore = Now.AddSeconds(50) },
                    Of(Parked, "ada", QueueState.Parked, TimeSpan.FromHours(3)) with { Losses = 5, Attempt = 5, Error = new ActivationError("worker_lost", Reason) },
                ],
                null),
        };
        world.Bots = new([StubWorld.Bot("ada", emoji: "🔧"), StubWorld.Bot("pim", emoji: "📈")], []);
        return world;
    }

    private static QueueItem Of(string id, string bot, QueueState state, TimeSpan age) => new(
        id,
        bot,
        "01900000-0000-7000-8000-0000000000c1",
        "What is a good day made of, and who decides when it is over and the next one may begin?",
        ActivationReason.Conversation,
        "Who decides?",
        state,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        Now - age,
        Now - age,
        null);
}
