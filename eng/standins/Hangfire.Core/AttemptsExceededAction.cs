namespace Hangfire;

/// <summary>What becomes of a job that failed after its last attempt.</summary>
public enum AttemptsExceededAction
{
    Fail = 0,
    Delete,
}
