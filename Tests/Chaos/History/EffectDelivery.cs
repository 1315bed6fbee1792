namespace Platform.Tests.Chaos.History;

/// <summary>A delivery that the recording receiver accepted.</summary>
/// <param name="DedupeKey">What a receiver dedupes by.</param>
/// <param name="Effect">What the delivery is about: the same for each delivery of one effect.</param>
/// <param name="At">UTC on the receiver's clock.</param>
public sealed record EffectDelivery(string DedupeKey, string Effect, DateTimeOffset At);
