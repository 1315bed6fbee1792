using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces;

/// <summary>Names the kinds of bodies.</summary>
internal static class BodyLabel
{
    /// <summary>The label of a kind; ChapterX converts between its own format and the provider's.</summary>
    public static string Of(BodyKind kind) => kind switch
    {
        BodyKind.Request => "Raw request",
        BodyKind.Response => "Raw response",
        BodyKind.MembraneRequest => "Request before ChapterX's conversion",
        BodyKind.MembraneResponse => "Response after ChapterX's conversion",
        _ => Components.Format.Words(kind),
    };
}
