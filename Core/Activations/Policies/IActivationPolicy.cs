using Platform.Contracts.Channels;
using Platform.Core.Activations.Context;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Policies;

/// <summary>The activation rules of one channel kind.</summary>
public interface IActivationPolicy
{
    /// <summary>Whose rules these are.</summary>
    ChannelKind Kind { get; }

    /// <summary>Decides whether the bot answers.</summary>
    /// <param name="facts">What is known of the activation.</param>
    ActivationDecision Decide(ActivationFacts facts);
}
