using System.Text;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models.Calls;

/// <summary>One call on one client, from the request to the last byte; holds what came of it, also after a failure or a cancellation.</summary>
internal sealed class ModelCall(IChatClient client, WireForm wire, ModelOptions options, TimeProvider time)
{
    /// <summary>Where a client puts the tokens that were written to the prompt cache, among the additional counts of its usage.</summary>
    public const string CacheWriteKey = "cache_write_tokens";

    private readonly StringBuilder _text = new();
    private readonly TurnCut _turn = new(wire.Speakers);
    private readonly StreamRecorder _stream = new();
    private UsageDetails? _usage;
    private bool _wasAnswered;

    public string Text => _text.ToString();

    /// <summary>How it streamed; null when no text came.</summary>
    public StreamTimeline? Timeline => _stream.ToTimeline();

    public TimeSpan? TimeToFirstToken { get; private set; }

    public TimeSpan Duration { get; private set; }

    public string? StopReason { get; private set; }

    public string? ResponseId { get; private set; }

    public string? ResponseModel { get; private set; }

    public ModelError? Error { get; private set; }

    public int? TokensIn => (int?)_usage?.InputTokenCount;

    public int? TokensOut => (int?)_usage?.OutputTokenCount;

    public int? CacheReadTokens => (int?)_usage?.CachedInputTokenCount;

    public int? ReasoningTokens => (int?)_usage?.ReasoningTokenCount;

    public int? CacheWriteTokens =>
        _usage?.AdditionalCounts?.TryGetValue(CacheWriteKey, out var tokens) is true ? (int)tokens : null;

    /// <summary>Tokens to charge: the provider's count; without one, nothing if it refused or was not reached, else the estimate of what went and came.</summary>
    public long Spent => (TokensIn, TokensOut) is ({ } sent, { } received) ? sent + received
        : !_wasAnswered && Error is { Code: not "model_timeout" } ? 0
        : wire.PromptTokens + TokenEstimate.Of(_text.Length);

    /// <summary>Says how the call went.</summary>
    /// <param name="start">Who was asked, and when.</param>
    public ModelCallResult ToResult(ModelCallResult start) => start with
    {
        Duration = Duration,
        TimeToFirstToken = TimeToFirstToken,
        Timeline = Timeline,
        Text = Text,
        TokensIn = TokensIn,
        TokensOut = TokensOut,
        CacheReadTokens = CacheReadTokens,
        CacheWriteTokens = CacheWriteTokens,
        ReasoningTokens = ReasoningTokens,
        StopReason = StopReason,
        ResponseId = ResponseId,
        ResponseModel = ResponseModel,
        Error = Error,
    };

    /// <summary>Runs the call to its end; failures are in <see cref="Error"/>, the caller's own exceptions and cancellation pass through.</summary>
    public async Task RunAsync(Func<string, CancellationToken, ValueTask> onText, CancellationToken cancellationToken)
    {
        using var clock = new CallClock(options, time, cancellationToken);
        var updates = client.GetStreamingResponseAsync(wire.Messages, wire.Options, clock.Token).GetAsyncEnumerator(clock.Token);
        try
        {
            while (!_turn.IsOver && await MoveAsync(updates, clock, cancellationToken))
            {
                await TakeAsync(updates.Current, onText, clock, cancellationToken);
            }

            await HandOutAsync(_turn.Flush(), onText, clock, cancellationToken);
            StopReason = Error is not null ? null : _turn.IsOver ? ModelStops.StopSequence : StopReason ?? ModelStops.EndTurn;
        }
        finally
        {
            Duration = clock.Elapsed;
            await updates.DisposeAsync();
        }
    }

    private async Task<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CallClock clock, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ModelCallException exception)
        {
            Fail(clock.Expired ? clock.Timeout() : exception.Error);
        }
        catch (OperationCanceledException) when (clock.Expired && !cancellationToken.IsCancellationRequested)
        {
            Fail(clock.Timeout());
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>What breaks after the model said that it is done takes nothing from the answer.</summary>
    private void Fail(ModelError error) => Error = StopReason is null ? error : null;

    private async ValueTask TakeAsync(
        ChatResponseUpdate update, Func<string, CancellationToken, ValueTask> onText, CallClock clock, CancellationToken cancellationToken)
    {
        ResponseId ??= update.ResponseId;
        ResponseModel ??= update.ModelId;
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    _wasAnswered = true;
                    await HandOutAsync(_turn.Push(text.Text), onText, clock, cancellationToken);
                    clock.Expect(CallPhase.NextToken);
                    break;
                case TextReasoningContent:
                    _wasAnswered = true;
                    clock.Expect(CallPhase.NextToken);
                    break;
                case UsageContent usage:
                    _usage = usage.Details;
                    break;
                default:
                    break;
            }
        }

        StopReason = update.FinishReason is { } reason ? ModelStops.From(reason) : StopReason;
    }

    private async ValueTask HandOutAsync(
        string text, Func<string, CancellationToken, ValueTask> onText, CallClock clock, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            return;
        }

        var elapsed = clock.Elapsed;
        TimeToFirstToken ??= elapsed;
        _text.Append(text);
        _stream.Add(elapsed, _text.Length);
        clock.Expect(CallPhase.End);
        await onText(text, cancellationToken);
    }
}
