using Platform.Contracts.Channels;
using Platform.Core.Activations.Context;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Policies;

/// <summary>The policies of all channel kinds.</summary>
/// <param name="policies">One a kind.</param>
public sealed class ActivationPolicies(IEnumerable<IActivationPolicy> policies)
{
    private readonly Dictionary<ChannelKind, IActivationPolicy> _policies = policies.ToDictionary(policy => policy.Kind);

    /// <summary>Decides by the policy of the channel's kind.</summary>
    /// <exception cref="InvalidOperationException">No policy is registered for the kind.</exception>
    public ActivationDecision Decide(ActivationFacts facts) => _policies.TryGetValue(facts.ChannelKind, out var policy)
        ? policy.Decide(facts)
        : throw new InvalidOperationException($"No activation policy is registered for channels of the kind {facts.ChannelKind}.");
}
