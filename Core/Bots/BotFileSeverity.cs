namespace Platform.Core.Bots;

/// <summary>The words of <see cref="Contracts.Bots.BotFileProblem.Severity"/>.</summary>
public static class BotFileSeverity
{
    /// <summary>The newest version is not loaded.</summary>
    public const string Error = "error";

    /// <summary>The newest version is loaded, without the named part.</summary>
    public const string Warning = "warning";
}
