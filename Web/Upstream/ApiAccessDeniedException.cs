using System.Net;

namespace Platform.Web.Upstream;

/// <summary>The API returned 401 (token not accepted) or 403 (scope missing).</summary>
internal sealed class ApiAccessDeniedException(HttpStatusCode status) : Exception($"The API returned {(int)status}.")
{
    /// <summary>401 or 403.</summary>
    public HttpStatusCode Status { get; } = status;
}
