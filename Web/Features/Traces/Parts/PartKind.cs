namespace Platform.Web.Features.Traces.Parts;

/// <summary>Kinds of parts of a trace's page. In addresses they are written in lower case.</summary>
public enum PartKind
{
    /// <summary>Trigger and outcome.</summary>
    Overview,

    /// <summary>Trigger and rules.</summary>
    Decision,

    /// <summary>Messages that the model received.</summary>
    Context,

    /// <summary>Original Discord messages.</summary>
    Messages,

    /// <summary>All model calls.</summary>
    Calls,

    /// <summary>One model call or one of its bodies.</summary>
    Call,

    /// <summary>All tool calls.</summary>
    Tools,

    /// <summary>One tool call.</summary>
    Tool,

    /// <summary>Deliveries.</summary>
    Effects,

    /// <summary>The log.</summary>
    Logs,

    /// <summary>The bot's configuration.</summary>
    Config,

    /// <summary>Ids and links.</summary>
    Links,

    /// <summary>Steps with start and duration.</summary>
    Timeline,
}
