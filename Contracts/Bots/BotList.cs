namespace Platform.Contracts.Bots;

/// <summary>Answer of <c>GET /api/v1/bots</c>.</summary>
/// <param name="Bots">By handle.</param>
/// <param name="Files">Every file of the bots folder and whether it loaded, by path.</param>
public sealed record BotList(IReadOnlyList<BotResponse> Bots, IReadOnlyList<BotFileResponse> Files);
