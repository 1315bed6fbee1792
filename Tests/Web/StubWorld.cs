using Microsoft.AspNetCore.Http;
using Platform.Contracts.Activations;
using Platform.Contracts.Attention;
using Platform.Contracts.Backups;
using Platform.Contracts.Bots;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Contracts.Jobs;
using Platform.Contracts.Outbox;
using Platform.Contracts.Overview;
using Platform.Contracts.Replays;
using Platform.Contracts.Retention;
using Platform.Contracts.Schedules;
using Platform.Contracts.Statistics;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Imports;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Web;

/// <summary>What the stub of the Api knows. It begins empty; tests put in what they need.</summary>
internal sealed class StubWorld
{
    /// <summary>A moment that nothing depends on.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 9, 30, 0, TimeSpan.Zero);

    public OverviewResponse Overview { get; set; } = EmptyOverview();

    /// <summary>Null answers 503.</summary>
    public IReadOnlyList<AttentionItem>? Attention { get; set; } = [];

    public StatisticsResponse Statistics { get; set; } = EmptyStatistics();

    public SilenceList Silence { get; set; } = new(Now.AddDays(-7), []);

    /// <summary>What a list says of how many there are.</summary>
    public TraceCount? Total { get; set; }

    public TraceFacetsResponse Facets { get; set; } = new([], [], [], []);

    public BotList Bots { get; set; } = new([], []);

    public ScheduleList Schedules { get; set; } = new([], null);

    public JobList Jobs { get; set; } = new(0, 0, 0, 0, 0, 0, []);

    public RetentionReport Retention { get; set; } = new(0, null, []);

    public BackupReport Backups { get; set; } = new(BackupVerdict.NoneYet, "No backup exists yet.", null, null);

    public QueueResponse Queue { get; set; } = new(0, 0, 0, 0, null, [], [], null);

    public OutboxResponse Outbox { get; set; } = new(0, 0, 0, 0, null, [], null);

    public DeadLetterList DeadLetters { get; set; } = new([], null);

    public List<WebhookResponse> Webhooks { get; } = [];

    public List<ActivationResponse> Activations { get; } = [];

    public List<ImportRunResponse> Imports { get; } = [];

    /// <summary>What an upload is answered with; null accepts it.</summary>
    public IResult? ImportProblem { get; set; }

    public List<TraceDetail> Traces { get; } = [];

    public TraceDiffResponse? Diff { get; set; }

    public ReplayList? Replays { get; set; }

    public List<ReplayRequest> AskedReplays { get; } = [];

    public Dictionary<string, string> Bodies { get; } = [];

    public List<ConversationResponse> Conversations { get; } = [];

    public List<MessageResponse> Messages { get; } = [];

    public static BotResponse Bot(string handle, string? name = null, string? emoji = null, bool enabled = true) =>
        new($"id-{handle}", handle, name ?? handle, enabled, $"About {handle}", "dry", ["tides"], emoji, "rehearsal", "rehearsal", true, $"bots/{handle}.yaml", []);

    public static OverviewResponse EmptyOverview() =>
        new(Now.AddHours(-24), 0, 0, 0, 0, 0, 0, 0, null, null, new TokenCeilingResponse(DateOnly.FromDateTime(Now.UtcDateTime), 0, 200_000), [], [], 0, 0, 0, null);

    public static ActivityFigures NoFigures { get; } = new(0, 0, 0, 0, 0, 0, null, null, null);

    public static StatisticsResponse EmptyStatistics() => new(
        "24h", Now.AddHours(-24), Now, 3600, false, NoFigures,
        [.. Enumerable.Range(0, 24).Select(hour => new ActivityBucket(Now.AddHours(hour - 24), NoFigures))], [], []);

    public static TraceSummary Summary(string id, TraceOutcome outcome = TraceOutcome.Answered, string bot = "ada") =>
        new(id, id, "native", bot, "channel", null, false, ActivationReason.Conversation, outcome, null, null, Now, 1200, 1, 0, 900, 150, "rehearsal", true, "hello?", "hello!");

    public TraceList FindTraces(string? bot, string? outcome, string? cursor, int limit)
    {
        var start = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var fitting = Traces.Select(trace => trace.Summary)
            .Where(trace => bot is null || trace.Bot == bot)
            .Where(trace => outcome is null || trace.Outcome.ToString().Equals(outcome, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(trace => trace.StartedAt)
            .ToList();
        return new TraceList([.. fitting.Skip(start).Take(limit)], fitting.Count > start + limit ? $"{start + limit}" : null, Total);
    }

    public ConversationResponse? Create(CreateConversationRequest request)
    {
        if (Bots.Bots.FirstOrDefault(bot => bot.Handle == request.Bot) is not { } bot)
        {
            return null;
        }

        var created = new ConversationResponse($"c{Conversations.Count + 1}", bot.Id, bot.Handle, bot.DisplayName, request.Title, 0, 0, null, Now, Now);
        Conversations.Add(created);
        return created;
    }

    public PostMessageResponse Post(string conversation, string content)
    {
        var sequence = Messages.Count(message => message.ConversationId == conversation) + 1;
        var message = Message(conversation, sequence, MessageRole.User, content);
        Messages.Add(message);
        var index = Conversations.FindIndex(item => item.Id == conversation);
        Conversations[index] = Conversations[index] with { MessageCount = sequence, LastSequence = sequence, Title = Conversations[index].Title ?? content };
        return new PostMessageResponse(message, sequence, $"a{sequence}", $"/api/v1/conversations/{conversation}/stream");
    }

    public static MessageResponse Message(string conversation, long sequence, MessageRole role, string content) =>
        new($"m{sequence}", conversation, sequence, role, "you", role is MessageRole.User ? "you" : "ada", role is MessageRole.User ? "You" : "Ada", content, Now, null, null, null, null, null, null, null, null, null, []);

    public MessageList MessagesAfter(string conversation, long after, int limit)
    {
        var rest = Messages.Where(message => message.ConversationId == conversation && message.Sequence > after).OrderBy(message => message.Sequence).ToList();
        var page = rest.Take(limit).ToList();
        return new MessageList(page, rest.Count > page.Count, page.Count > 0 ? page[^1].Sequence : after, false);
    }
}
