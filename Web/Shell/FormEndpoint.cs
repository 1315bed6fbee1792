using Microsoft.AspNetCore.Antiforgery;

namespace Platform.Web.Shell;

/// <summary>Marks an endpoint that only a form of our own pages may post to.</summary>
internal sealed class FormEndpoint : IAntiforgeryMetadata
{
    /// <summary>To be added to the endpoint.</summary>
    public static FormEndpoint Metadata { get; } = new();

    public bool RequiresValidation => true;
}
