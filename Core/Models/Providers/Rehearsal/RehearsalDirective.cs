namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>
/// What the offline model was told to do, for demonstrations and tests: by the model's name (<c>rehearsal:slow</c>)
/// or by the same word anywhere in the last message.
/// </summary>
internal enum RehearsalDirective
{
    /// <summary>Speaks at its set pace.</summary>
    None,

    /// <summary><c>rehearsal:fast</c>: says everything at once.</summary>
    Fast,

    /// <summary><c>rehearsal:slow</c>: thinks for two seconds, then says three tokens a second.</summary>
    Slow,

    /// <summary><c>rehearsal:silent</c>: answers with no text at all.</summary>
    Silent,

    /// <summary><c>rehearsal:fail</c>: answers like a provider with an error 500.</summary>
    Fail,

    /// <summary><c>rehearsal:hang</c>: says three words and then nothing, until the gateway gives up.</summary>
    Hang,

    /// <summary><c>rehearsal:cut</c>: the stream breaks off half way.</summary>
    Cut,
}
