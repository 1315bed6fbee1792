namespace Platform.Core.Models.Calls;

/// <summary>The caller ended a model call; what went over the wire until then is kept.</summary>
/// <param name="call">The call as far as it went: text, counts and raw bodies so far, neither error nor stop reason.</param>
/// <param name="cancellationToken">The caller's token.</param>
public sealed class ModelCallCancelledException(ModelCallResult call, CancellationToken cancellationToken)
    : OperationCanceledException("The model call was cancelled.", cancellationToken)
{
    /// <summary>The call as far as it went.</summary>
    public ModelCallResult Call => call;
}
