namespace Platform.Core.Bots;

/// <summary>The words of <see cref="Contracts.Bots.BotFileProblem.Severity"/>.</summary>
public static class BotFileSeverity
{
    /// <summary>The newest version stays out of force.</summary>
    public const string Error = "error";

    /// <summary>The newest version is in force, without what is named.</summary>
    public const string Warning = "warning";
}
