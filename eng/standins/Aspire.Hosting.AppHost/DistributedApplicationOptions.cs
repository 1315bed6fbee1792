namespace Aspire.Hosting;

/// <summary>How to build the graph.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost project's folder, or null for the one that the build noted in the AppHost's assembly.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>There is no dashboard here; true asks for what is so anyway.</summary>
    public bool DisableDashboard { get; set; }
}
