using Microsoft.AspNetCore.Authorization;

namespace Platform.Web.Features.Access;

/// <summary>Met by a signed-in session and by local requests in Development.</summary>
internal sealed class ViewerRequirement : IAuthorizationRequirement;
