namespace Platform.Core.DueTimes;

/// <summary>What becomes due by time alone, without a notification.</summary>
public enum DueArea
{
    /// <summary>Queued activations, deferred ones included.</summary>
    Activations,

    /// <summary>Running activations whose lease expired.</summary>
    LostActivations,

    /// <summary>Events without a number.</summary>
    Events,

    /// <summary>Effects, whether they wait for their next try or a relay lost them.</summary>
    Outbox,

    /// <summary>Schedules, and runs that wait or lost their worker.</summary>
    Schedules,

    /// <summary>The leader's lease.</summary>
    Leadership,

    /// <summary>Replays that wait or lost their worker.</summary>
    Replays,
}
