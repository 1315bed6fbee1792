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

    /// <summary>A short label of one of a call's bodies, with its number if the call has several of that kind.</summary>
    public static string Numbered(LlmCallResponse call, CallBodyResponse body)
    {
        var name = body.Kind switch
        {
            BodyKind.Request => "Request",
            BodyKind.Response => "Response",
            var kind => Of(kind),
        };
        return call.Bodies.Count(other => other.Kind == body.Kind) > 1 ? $"{name} {body.Position + 1}" : name;
    }
}
