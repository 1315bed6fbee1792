namespace Platform.Contracts.Traces;

/// <summary>A part of a trace that is compared line by line.</summary>
public enum DiffSectionKind
{
    /// <summary>Why the bot was asked, rule by rule, and how it ended.</summary>
    Decision,

    /// <summary>The bot's configuration, a line a value: <c>key.inner = value</c>, sorted.</summary>
    Settings,

    /// <summary>The messages that went into the context, a line each.</summary>
    Context,

    /// <summary>The last request's parameters, a line a value, without its messages.</summary>
    Request,

    /// <summary>What the model was told: system prompt and messages of the last request.</summary>
    Prompt,

    /// <summary>Tool runs with input and output.</summary>
    Tools,

    /// <summary>What the bot said.</summary>
    Answer,
}
