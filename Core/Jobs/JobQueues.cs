namespace Platform.Core.Jobs;

/// <summary>The queues that workers serve.</summary>
public static class JobQueues
{
    /// <summary>Long runs of schedules.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>What leaves the house.</summary>
    public const string Delivery = "delivery";
}
