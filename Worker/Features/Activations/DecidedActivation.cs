using Platform.Core.Activations.Queue;
using Platform.Core.Runs;

namespace Platform.Worker.Features.Activations;

/// <summary>A claim that was decided with "yes", or that somebody wants stopped.</summary>
internal sealed record DecidedActivation(HeldLease Lease, ActivationRecord Record);
