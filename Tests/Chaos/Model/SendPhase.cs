namespace Platform.Tests.Chaos.Model;

/// <summary>How far a relay is with the effect that it claimed.</summary>
internal enum SendPhase : byte
{
    Claimed,
    Accepted,
    Refused,
}
