namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>
/// Test behaviour of the offline model: by the model's name (<c>rehearsal:slow</c>)
/// or by the same word anywhere in the last message.
/// </summary>
internal enum RehearsalDirective
{
    /// <summary>Streams at the configured pace.</summary>
    None,

    /// <summary><c>rehearsal:fast</c>: answers at once.</summary>
    Fast,

    /// <summary><c>rehearsal:slow</c>: waits two seconds, then streams three tokens a second.</summary>
    Slow,

    /// <summary><c>rehearsal:silent</c>: answers with no text at all.</summary>
    Silent,

    /// <summary><c>rehearsal:fail</c>: answers like a provider with an error 500.</summary>
    Fail,

    /// <summary><c>rehearsal:hang</c>: streams three words and then nothing, until the pipeline's timeout.</summary>
    Hang,

    /// <summary><c>rehearsal:cut</c>: the stream breaks off half way.</summary>
    Cut,
}
