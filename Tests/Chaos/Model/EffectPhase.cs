namespace Platform.Tests.Chaos.Model;

/// <summary>The states of an effect in the outbox, and <see cref="Absent"/> before its activation ended.</summary>
internal enum EffectPhase : byte
{
    Absent,
    Pending,
    Claimed,
    Delivered,
    Dead,
}
