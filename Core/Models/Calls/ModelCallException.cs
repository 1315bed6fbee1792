namespace Platform.Core.Models.Calls;

/// <summary>How a chat client tells the pipeline of an expected failure; it never leaves the pipeline.</summary>
internal sealed class ModelCallException(ModelError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public ModelError Error => error;

    /// <summary>Whether the server itself called it an error: then it counts also after a finish reason.</summary>
    public bool IsReported { get; init; }
}
