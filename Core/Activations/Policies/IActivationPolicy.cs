using Platform.Contracts.Channels;
using Platform.Core.Activations.Context;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Policies;

/// <summary>The activation rules of one channel kind.</summary>
public interface IActivationPolicy
{
    /// <summary>The channel kind.</summary>
    ChannelKind Kind { get; }

    /// <summary>Decides whether the bot answers.</summary>
    /// <param name="facts">The facts of the activation.</param>
    ActivationDecision Decide(ActivationFacts facts);
}
