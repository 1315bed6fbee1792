namespace Platform.Core.Models;

/// <summary>What a call waits for.</summary>
internal enum CallPhase
{
    FirstToken,
    NextToken,
    End,
}
