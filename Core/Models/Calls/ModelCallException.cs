namespace Platform.Core.Models.Calls;

/// <summary>Thrown by a chat client for an expected failure; the pipeline turns it into a result.</summary>
internal sealed class ModelCallException(ModelError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public ModelError Error => error;

    /// <summary>Whether the server itself called it an error: then it counts also after a finish reason.</summary>
    public bool IsReported { get; init; }
}
