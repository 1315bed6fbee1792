namespace Hangfire;

/// <summary>After which ends of its parent a continuation runs; after others it is deleted.</summary>
[Flags]
public enum JobContinuationOptions
{
    OnAnyFinishedState = 0,
    OnlyOnSucceededState = 1,
    OnlyOnDeletedState = 2,
}
