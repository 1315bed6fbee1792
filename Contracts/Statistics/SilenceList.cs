namespace Platform.Contracts.Statistics;

/// <summary>Answer of <c>GET /api/v1/statistics/silence</c>.</summary>
/// <param name="From">UTC: earlier activations are left out.</param>
/// <param name="Silences">The most frequent first, at most 500.</param>
public sealed record SilenceList(DateTimeOffset From, IReadOnlyList<Silence> Silences);

/// <summary>How often a rule kept a bot silent in a channel.</summary>
/// <param name="Bot">The bot's handle or, for imported traces, its name there.</param>
/// <param name="ChannelId">Native id, or the foreign channel's id.</param>
/// <param name="ChannelName">Title or name; null when unknown.</param>
/// <param name="Reason">The rule.</param>
/// <param name="Count">How often.</param>
/// <param name="LastAt">UTC of the newest.</param>
public sealed record Silence(string Bot, string ChannelId, string? ChannelName, string Reason, long Count, DateTimeOffset LastAt);
