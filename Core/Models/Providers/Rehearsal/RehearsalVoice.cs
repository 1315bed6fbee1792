namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>A manner of speaking, read from the persona's tone.</summary>
internal enum RehearsalVoice
{
    Plain,
    Warm,
    Dry,
    Grand,
    Scholarly,
    Playful,
    Grumpy,
}
