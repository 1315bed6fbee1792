using Platform.Contracts.Traces;

namespace Platform.Core.Traces.ChapterX;

/// <summary>A body as traces name it. Several calls may name the same one.</summary>
internal readonly record struct BodyReference(BodyKind Kind, string Ref)
{
    public static BodyReference Of(LlmCallBody body) => new(body.Kind, body.Ref);
}
