using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Context;

/// <summary>The facts that a policy decides by.</summary>
/// <param name="Bot">The active definition.</param>
/// <param name="Enabled">Whether the bot may be activated.</param>
/// <param name="ChannelKind">Chooses the policy.</param>
/// <param name="ChannelName">Title of the channel; null when it has none.</param>
/// <param name="Trigger">The triggering message; null when it was deleted.</param>
/// <param name="TriggerAuthor">Its author's display name.</param>
public sealed record ActivationFacts(
    BotDefinition Bot,
    bool Enabled,
    ChannelKind ChannelKind,
    string? ChannelName,
    Message? Trigger,
    string? TriggerAuthor)
{
    /// <summary>Begins the record of a run, which stays <see cref="ActivationState.Running"/> until it ends.</summary>
    /// <param name="claim">What is run.</param>
    /// <param name="worker">Who runs it.</param>
    /// <param name="clock">Measures the log's offsets.</param>
    public RunRecord Begin(ActivationClaim claim, string worker, TimeProvider clock) => new()
    {
        TraceId = Guid.CreateVersion7(),
        Claim = claim,
        Bot = Bot,
        Worker = worker,
        ChannelName = ChannelName,
        Trigger = Trigger,
        TriggerAuthor = TriggerAuthor,
        Log = new RunLog(clock),
        State = ActivationState.Running,
    };
}
