namespace Platform.Tests.Chaos.Model;

/// <summary>A mistake built into <see cref="LeaseModel"/> on purpose, to show that an invariant notices it.</summary>
internal enum LeaseBug
{
    None,

    /// <summary>The finish checks neither fence nor state.</summary>
    FinishWithoutFence,

    /// <summary>The finish checks the fence and not the state, so that a commit whose answer was lost is made again.</summary>
    FinishWithoutState,

    /// <summary>A takeover keeps the fence of the claim before it.</summary>
    FenceNotRaised,

    /// <summary>A heartbeat renews by id alone.</summary>
    HeartbeatWithoutFence,

    /// <summary>A hand-back requeues by id alone.</summary>
    HandBackWithoutFence,

    /// <summary>The sweep takes what runs, whether or not its lease ran out.</summary>
    TakeoverBeforeExpiry,

    /// <summary>The claim does not ask whether the bot runs in the channel.</summary>
    ClaimWithoutChannelCheck,

    /// <summary>The claim does not ask for the channel's oldest.</summary>
    ClaimOutOfOrder,

    /// <summary>Nothing looks at the queue unless notified.</summary>
    NoPoll,

    /// <summary>Nothing looks for leases that ran out.</summary>
    NoSweep,

    /// <summary>Effects are written down after the transaction that ends the activation.</summary>
    OutboxAfterCommit,

    /// <summary>Effects are sent by the run itself, before it ends.</summary>
    SentBeforeCommit,

    /// <summary>A relay claims what another relay holds.</summary>
    OutboxClaimIgnoresLease,

    /// <summary>A relay stores how its delivery went by id alone.</summary>
    OutboxAckWithoutFence,

    /// <summary>Each try makes a dedupe key of its own.</summary>
    KeyPerTry,

    /// <summary>A refused effect is neither tried again nor made a dead letter.</summary>
    RefusedForgotten,
}
