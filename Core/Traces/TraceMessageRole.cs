namespace Platform.Core.Traces;

/// <summary>What a message was to an activation.</summary>
public enum TraceMessageRole
{
    /// <summary>It triggered the activation.</summary>
    Trigger,

    /// <summary>The model saw it.</summary>
    Context,

    /// <summary>It is the answer.</summary>
    Sent,
}
