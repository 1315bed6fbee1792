using Platform.Core.Runs;

namespace Platform.Core.Activations.Queue;

/// <summary>What became of claims whose lease ran out.</summary>
/// <param name="TakenOver">Now this worker's.</param>
/// <param name="ParkedChannels">Channels in which one was parked; whoever follows them wants to know.</param>
/// <param name="PutOff">How many wait before the next attempt.</param>
public sealed record SettledLosses(IReadOnlyList<ActivationClaim> TakenOver, IReadOnlyList<Guid> ParkedChannels, int PutOff);
