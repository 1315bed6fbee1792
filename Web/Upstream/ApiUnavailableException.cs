using Microsoft.AspNetCore.Mvc;

namespace Platform.Web.Upstream;

/// <summary>The API did not respond, timed out, returned a 5xx or an unreadable body.</summary>
internal sealed class ApiUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What the API said is wrong; null when it said nothing.</summary>
    public ProblemDetails? Problem { get; init; }
}
