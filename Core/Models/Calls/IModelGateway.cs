using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls;

/// <summary>The one door to every model: decides who serves a request, watches ceiling and timeouts, captures what went over the wire.</summary>
public interface IModelGateway
{
    /// <summary>Says who would serve <paramref name="model"/> now, without calling anybody.</summary>
    /// <param name="model">The model as a bot names it.</param>
    /// <returns>Null when no provider is configured for it.</returns>
    ModelRoute? Resolve(string model);

    /// <summary>Calls the model and hands out its text as it comes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="onText">Receives each piece of text, in order, never concurrently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The call as it went; expected failures are in <see cref="ModelCallResult.Error"/>.</returns>
    /// <exception cref="ModelCallCancelledException"><paramref name="cancellationToken"/> was cancelled during the call; it holds what came so far.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled before anybody was called.</exception>
    Task<ModelCallResult> StreamAsync(
        ModelRequest request,
        Func<string, CancellationToken, ValueTask> onText,
        CancellationToken cancellationToken);
}
