namespace Platform.Contracts.Traces;

/// <summary>What a raw body is.</summary>
public enum BodyKind
{
    /// <summary>As sent to the provider.</summary>
    Request,

    /// <summary>As received from the provider; a stream is kept as its raw text.</summary>
    Response,

    /// <summary>The provider-neutral request that ChapterX's membrane layer built.</summary>
    MembraneRequest,

    /// <summary>The provider-neutral response of that layer.</summary>
    MembraneResponse,
}
