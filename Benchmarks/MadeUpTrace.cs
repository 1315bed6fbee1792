namespace Platform.Benchmarks;

/// <summary>What differs from one made-up trace to the next.</summary>
/// <param name="Id">8 hex digits.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Bot">Whose folder it lies in.</param>
/// <param name="ChannelId">A snowflake.</param>
/// <param name="ChannelName">For the index.</param>
/// <param name="MessageIds">What the channel said before, oldest first; the last one asked.</param>
/// <param name="Texts">What they say.</param>
/// <param name="Answer">What the bot said.</param>
/// <param name="DurationMs">Milliseconds.</param>
/// <param name="TokensIn">Prompt tokens.</param>
/// <param name="TokensOut">Completion tokens.</param>
internal sealed record MadeUpTrace(
    string Id,
    DateTimeOffset StartedAt,
    string Bot,
    string ChannelId,
    string ChannelName,
    string[] MessageIds,
    string[] Texts,
    string Answer,
    int DurationMs,
    int TokensIn,
    int TokensOut)
{
    public const string Model = "claude-sonnet-4-5-20250929";

    private const int PreviewLength = 100;

    public string StartedAtText { get; } = $"{StartedAt:yyyy-MM-ddTHH:mm:ss.fff}Z";

    public string FileName { get; } = $"{ChannelId}-{Id}-{StartedAt:yyyy-MM-ddTHH-mm-ss-fff}Z.json";

    public string TriggerId => MessageIds[^1];

    public string SentId => MessageIds[^1][..^1] + "7";

    public string TriggerPreview => Texts[^1][..Math.Min(Texts[^1].Length, PreviewLength)];

    public string AnswerPreview => Answer[..Math.Min(Answer.Length, PreviewLength)];
}
