using System.Net;

namespace Platform.Web.Upstream;

/// <summary>The Api does not accept the login (401), or it lacks the scope (403).</summary>
internal sealed class ApiRefusedException(HttpStatusCode status) : Exception($"The Api answered {(int)status}.")
{
    /// <summary>401 or 403.</summary>
    public HttpStatusCode Status { get; } = status;
}
