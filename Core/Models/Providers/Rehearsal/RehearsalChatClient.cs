using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>
/// The offline model: answers from the persona, deterministic, streams at a set pace, and can be set to misbehave
/// (<see cref="RehearsalDirective"/>). Its token counts are estimates.
/// </summary>
internal sealed class RehearsalChatClient(ModelPersona persona, double tokensPerSecond, BodyCapture bodies, TimeProvider time) : IChatClient
{
    private const double SlowTokensPerSecond = 3;
    private const int WordsBeforeHang = 3;
    private static readonly TimeSpan SlowStart = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var heard = messages.ToList();
        var wire = new RehearsalWire(persona, heard, options);
        var directive = RehearsalDirectives.Find(options?.ModelId ?? "", heard.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "");
        bodies.Add(BodyKind.Request, wire.Request());
        if (directive is RehearsalDirective.Fail)
        {
            throw Fail("The offline model was set to fail (rehearsal:fail).");
        }

        var answer = directive is RehearsalDirective.Silent
            ? RehearsalAnswer.Empty
            : RehearsalAnswer.Limit(new RehearsalSpeech(persona, heard).Compose(), options);
        var said = new StringBuilder();
        try
        {
            await foreach (var word in SpeakAsync(answer.Words, directive, cancellationToken))
            {
                said.Append(word);
                yield return new ChatResponseUpdate(ChatRole.Assistant, word);
            }
        }
        finally
        {
            bodies.Add(BodyKind.Response, wire.Response(said.ToString(), said.Length == answer.Text.Length ? answer.StopReason : null));
        }

        if (directive is RehearsalDirective.Cut)
        {
            throw new ModelCallException(new ModelError("stream_broken", "The offline model was set to end the stream early (rehearsal:cut)."));
        }

        yield return new ChatResponseUpdate
        {
            FinishReason = new ChatFinishReason(answer.StopReason),
            Contents = [new UsageContent(new UsageDetails { InputTokenCount = wire.PromptTokens, OutputTokenCount = TokenEstimate.Of(answer.Text) })],
        };
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    [SuppressMessage("Design", "CA1063:Implement IDisposable correctly", Justification = "It has no resources to release.")]
    public void Dispose()
    {
    }

    private async IAsyncEnumerable<string> SpeakAsync(
        IReadOnlyList<string> words, RehearsalDirective directive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = directive switch
        {
            RehearsalDirective.Fast => 0,
            RehearsalDirective.Slow => SlowTokensPerSecond,
            _ => tokensPerSecond,
        };
        var count = directive switch
        {
            RehearsalDirective.Hang => Math.Min(WordsBeforeHang, words.Count),
            RehearsalDirective.Cut => words.Count / 2,
            _ => words.Count,
        };
        var start = time.GetTimestamp();
        var due = directive is RehearsalDirective.Slow ? SlowStart : TimeSpan.Zero;
        foreach (var word in words.Take(count))
        {
            // The pace is kept against the start, so that late timers do not add up.
            due += pace > 0 ? TimeSpan.FromSeconds(TokenEstimate.Of(word) / pace) : TimeSpan.Zero;
            var wait = due - time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            yield return word;
        }

        if (directive is RehearsalDirective.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
    }

    private ModelCallException Fail(string message)
    {
        bodies.Add(BodyKind.Response, RehearsalWire.Error(message));
        return new ModelCallException(new ModelError("model_error", message, StatusCode: 500));
    }
}
