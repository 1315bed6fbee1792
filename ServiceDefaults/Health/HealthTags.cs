namespace Platform.ServiceDefaults.Health;

/// <summary>Tags of health checks that mean something here.</summary>
public static class HealthTags
{
    /// <summary>Without this service the host cannot work: it is unhealthy and not ready. Any other failing service only degrades it.</summary>
    public const string Ready = "ready";

    /// <summary>What the check puts in its data is shown to everybody who asks, so it must hold nothing secret.</summary>
    public const string Told = "told";
}
