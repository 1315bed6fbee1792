using System.Text;
using Microsoft.Extensions.AI;
using Platform.Contracts.Traces;
using Platform.Core.Models.Providers;
using Platform.Core.Text;

namespace Platform.Core.Models.Calls;

/// <summary>One call on one client, from the request to the last byte; holds what came of it, also after a failure or a cancellation.</summary>
internal sealed class ModelCall(IChatClient client, WireForm wire, KeyMask mask, ModelOptions options, TimeProvider time)
{
    /// <summary>Where a client puts the tokens that were written to the prompt cache, among the additional counts of its usage.</summary>
    public const string CacheWriteKey = "cache_write_tokens";

    /// <summary>Longest answer, in UTF-16 units: what a message of a conversation may have. The rest is not read.</summary>
    public const int MaxTextLength = 100_000;

    private readonly StringBuilder _text = new();
    private readonly MaskedText _masked = mask.Begin();
    private readonly MaskedText _maskedReasoning = mask.Begin();
    private readonly SurrogatePairs _pairs = new();
    private readonly ThoughtSplitter _thoughts = new();
    private readonly TurnCut _turn = new(wire.Speakers);
    private readonly StreamRecorder _stream = new();
    private UsageDetails _usage = new();
    private bool _wasAnswered;
    private bool _isFull;

    public string Text => _text.ToString();

    /// <summary>How it streamed; null when no text came.</summary>
    public StreamTimeline? Timeline => _stream.ToTimeline();

    public TimeSpan? TimeToFirstToken { get; private set; }

    public TimeSpan Duration { get; private set; }

    public string? StopReason { get; private set; }

    public string? ResponseId { get; private set; }

    public string? ResponseModel { get; private set; }

    public ModelError? Error { get; private set; }

    /// <summary>Reasoning that came as text, in UTF-16 units.</summary>
    public int ReasoningLength { get; private set; }

    /// <summary>The provider's count, else the estimate; null when nothing was used.</summary>
    public int? TokensIn => Counted(_usage.InputTokenCount) ?? (IsCharged ? wire.PromptTokens : null);

    /// <inheritdoc cref="TokensIn"/>
    public int? TokensOut => Counted(_usage.OutputTokenCount) ?? (IsCharged ? TokenEstimate.Of(_text.Length + ReasoningLength) : null);

    /// <summary>Whether <see cref="TokensIn"/> or <see cref="TokensOut"/> is an estimate.</summary>
    public bool TokensEstimated => IsCharged && (Counted(_usage.InputTokenCount) is null || (Counted(_usage.OutputTokenCount) is null && TokensOut > 0));

    public int? CacheReadTokens => (int?)_usage.CachedInputTokenCount;

    public int? ReasoningTokens => (int?)_usage.ReasoningTokenCount;

    public int? CacheWriteTokens =>
        _usage.AdditionalCounts?.TryGetValue(CacheWriteKey, out var tokens) is true ? (int)tokens : null;

    /// <summary>Whether the model sent the provider's key, in pieces; in <see cref="Text"/> it is masked.</summary>
    public bool KeyWasSplit => _masked.WasSplit || _maskedReasoning.WasSplit;

    /// <summary>Tokens to charge.</summary>
    public long Spent => (TokensIn ?? 0L) + (TokensOut ?? 0L);

    /// <summary>Nothing is charged without a count when the provider refused or was not reached.</summary>
    private bool IsCharged => _wasAnswered || Error is null or { Code: "model_timeout" };

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
        TokensEstimated = TokensEstimated,
        ReasoningLength = ReasoningLength,
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
            while (!_turn.IsOver && !_isFull && await MoveAsync(updates, clock, cancellationToken))
            {
                await TakeAsync(updates.Current, onText, clock, cancellationToken);
            }

            await HandOutAsync(Rest(), onText, clock, cancellationToken);
            StopReason = Error is not null ? null
                : _isFull ? ModelStops.MaxCharacters
                : _turn.IsOver ? ModelStops.StopSequence
                : StopReason is null or ModelStops.EndTurn ? _thoughts.IsOpen ? ModelStops.OpenReasoning : ModelStops.EndTurn
                : StopReason;
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
            Fail(clock.Expired ? clock.Timeout() : exception.Error, exception.IsReported);
        }
        catch (OperationCanceledException) when (clock.Expired && !cancellationToken.IsCancellationRequested)
        {
            Fail(clock.Timeout(), isReported: false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>What breaks after the model said that it is done takes nothing from the answer, unless the server calls it an error.</summary>
    private void Fail(ModelError error, bool isReported) => Error = StopReason is null || isReported ? error : null;

    private async ValueTask TakeAsync(
        ChatResponseUpdate update, Func<string, CancellationToken, ValueTask> onText, CallClock clock, CancellationToken cancellationToken)
    {
        ResponseId ??= update.ResponseId is { } id ? mask.In(id) : null;
        ResponseModel ??= update.ModelId is { } model ? mask.In(model) : null;
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text:
                    _wasAnswered = true;
                    await HandOutAsync(Answer(_pairs.Push(_masked.Push(text.Text))), onText, clock, cancellationToken);
                    clock.Expect(CallPhase.NextToken);
                    break;
                case TextReasoningContent thought:
                    _wasAnswered = true;
                    ReasoningLength += thought.Text.Length;
                    _maskedReasoning.Push(thought.Text);
                    clock.Expect(CallPhase.NextToken);
                    break;
                case UsageContent usage:
                    Count(usage.Details);
                    break;
                default:
                    break;
            }
        }

        StopReason = update.FinishReason is { } reason ? mask.InCut(ModelStops.From(reason)) : StopReason;
    }

    /// <summary>What of the model's text is the answer's: neither reasoning nor somebody else's turn.</summary>
    private string Answer(string text)
    {
        var (thought, answer) = _thoughts.Push(text);
        ReasoningLength += thought.Length;
        return _turn.Push(answer);
    }

    /// <summary>What was held back when the text ended.</summary>
    private string Rest()
    {
        _maskedReasoning.Flush();
        var answer = Answer(_pairs.Push(_masked.Flush()) + _pairs.Flush());
        var (thought, rest) = _thoughts.Flush();
        ReasoningLength += thought.Length;
        return answer + _turn.Push(rest) + _turn.Flush();
    }

    /// <summary>Servers count at the end, in each chunk, or in parts; a later zero or nothing is no count.</summary>
    private void Count(UsageDetails later)
    {
        _usage = new UsageDetails
        {
            InputTokenCount = Better(later.InputTokenCount, _usage.InputTokenCount),
            OutputTokenCount = Better(later.OutputTokenCount, _usage.OutputTokenCount),
            CachedInputTokenCount = Better(later.CachedInputTokenCount, _usage.CachedInputTokenCount),
            ReasoningTokenCount = Better(later.ReasoningTokenCount, _usage.ReasoningTokenCount),
            AdditionalCounts = later.AdditionalCounts ?? _usage.AdditionalCounts,
        };

        static long? Better(long? later, long? known) => later > 0 ? later : known ?? later;
    }

    private static int? Counted(long? tokens) => tokens > 0 ? (int)Math.Min(tokens.Value, int.MaxValue) : null;

    private async ValueTask HandOutAsync(
        string text, Func<string, CancellationToken, ValueTask> onText, CallClock clock, CancellationToken cancellationToken)
    {
        var room = MaxTextLength - _text.Length;
        if (text.Length > room)
        {
            _isFull = true;
            text = room > 0 ? Preview.Of(text, room) : "";
        }

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
