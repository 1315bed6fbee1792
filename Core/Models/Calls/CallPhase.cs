namespace Platform.Core.Models.Calls;

/// <summary>What a call waits for.</summary>
internal enum CallPhase
{
    FirstToken,
    NextToken,
    End,
}
