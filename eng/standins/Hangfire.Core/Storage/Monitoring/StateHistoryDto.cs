namespace Hangfire.Storage.Monitoring;

/// <summary>A state that a job took.</summary>
public class StateHistoryDto
{
    public string StateName { get; set; } = "";

    public string? Reason { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    public IDictionary<string, string> Data { get; set; } = new Dictionary<string, string>();
}
