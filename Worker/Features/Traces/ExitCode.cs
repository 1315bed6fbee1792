namespace Platform.Worker.Features.Traces;

/// <summary>What the commands of <c>traces</c> end with.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something is missing, damaged or unavailable.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;
}
