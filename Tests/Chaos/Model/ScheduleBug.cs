namespace Platform.Tests.Chaos.Model;

/// <summary>A mistake built into <see cref="ScheduleModel"/> on purpose, to show that an invariant notices it.</summary>
internal enum ScheduleBug
{
    None,

    /// <summary>A leader claims without looking at its fence.</summary>
    ClaimWithoutFence,

    /// <summary>The leader lease is taken while it holds.</summary>
    LeadershipStolen,

    /// <summary>A claim leaves <c>next_run</c> as it was.</summary>
    DueTimeKept,

    /// <summary>A schedule whose last run is still open is claimed again.</summary>
    ClaimWhileOpen,

    /// <summary>A run is begun by number alone, whatever its state.</summary>
    BeginWithoutState,

    /// <summary>A run is ended by number alone.</summary>
    FinishWithoutFence,

    /// <summary>Runs whose worker died are begun again without end.</summary>
    NoAttemptLimit,

    /// <summary>Runs whose worker died are not looked for.</summary>
    NoReturn,

    /// <summary>A run that its queue lost is not given to it again.</summary>
    HandedOnce,
}
