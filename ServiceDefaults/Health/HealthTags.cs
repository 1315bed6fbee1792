namespace Platform.ServiceDefaults.Health;

/// <summary>Tags of health checks that mean something here.</summary>
public static class HealthTags
{
    /// <summary>Without this service the host cannot work: it is unhealthy and not ready. Any other failing service only degrades it.</summary>
    public const string Ready = "ready";

    /// <summary>The check reads its service's state from Postgres: while that is unhealthy, the state is unknown.</summary>
    public const string Stored = "stored";

    /// <summary>The check's data is part of the public health report, so it must not contain secrets.</summary>
    public const string Public = "public";
}
