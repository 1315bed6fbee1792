using Microsoft.AspNetCore.Authorization;

namespace Platform.Web.Features.Access;

/// <summary>Holds for whoever logged in, and for local development.</summary>
internal sealed class ViewerRequirement : IAuthorizationRequirement;
