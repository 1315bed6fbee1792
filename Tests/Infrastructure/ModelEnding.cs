namespace Platform.Tests.Infrastructure;

/// <summary>How a scripted answer ends.</summary>
public enum ModelEnding
{
    /// <summary>With its finish reason, usage and <c>[DONE]</c>.</summary>
    Complete,

    /// <summary>Never: after the last chunk nothing more is sent until the client leaves.</summary>
    Hang,

    /// <summary>The connection closes after the last chunk, before the end of the body.</summary>
    Cut,

    /// <summary>A line that is not JSON follows the last chunk.</summary>
    Malformed,
}
