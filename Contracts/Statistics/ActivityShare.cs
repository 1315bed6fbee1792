namespace Platform.Contracts.Statistics;

/// <summary>What one bot or one model did.</summary>
/// <param name="Name">The bot's or the model's.</param>
/// <param name="Figures">Its share.</param>
public sealed record ActivityShare(string Name, ActivityFigures Figures);
