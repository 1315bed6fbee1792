using Platform.Contracts.Activations;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Models.Calls;

namespace Platform.Core.Runs;

/// <summary>The record of a run; from it message, trace, calls and bodies are stored.</summary>
public sealed record RunRecord
{
    /// <summary>UUIDv7 of the trace.</summary>
    public required Guid TraceId { get; init; }

    public required ActivationClaim Claim { get; init; }

    /// <summary>The definition that was active.</summary>
    public required BotDefinition Bot { get; init; }

    /// <summary>Who ran it.</summary>
    public required string Worker { get; init; }

    /// <summary>Title of the channel; null when it has none.</summary>
    public string? ChannelName { get; init; }

    /// <summary>The triggering message, with its author's display name; null when it was deleted.</summary>
    public Message? Trigger { get; init; }

    public string? TriggerAuthor { get; init; }

    /// <summary>Null when it failed before a decision.</summary>
    public ActivationDecision? Decision { get; init; }

    /// <summary>Null when the run ended earlier.</summary>
    public ActivationContext? Context { get; init; }

    public IReadOnlyList<ModelCallResult> Calls { get; init; } = [];

    public required RunLog Log { get; init; }

    /// <summary>One of the final states.</summary>
    public required ActivationState State { get; init; }

    public string? SilentReason { get; init; }

    /// <summary>Who stopped it; null unless <see cref="ActivationState.Cancelled"/>.</summary>
    public string? CancelledBy { get; init; }

    public ActivationError? Error { get; init; }

    /// <summary>Where it failed: <c>context_build</c> or <c>llm_call</c>.</summary>
    public string? ErrorPhase { get; init; }

    /// <summary>The answer, also a partial one of a failed run.</summary>
    public string Text { get; init; } = "";

    /// <summary>UUIDv7 of the message to store; null unless <see cref="ActivationState.Answered"/>.</summary>
    public Guid? AnswerMessageId { get; init; }

    /// <summary>UUIDv7 of the event about the end.</summary>
    public Guid EndEventId { get; init; } = Guid.CreateVersion7();

    /// <summary>What the model pipeline decided, of all calls.</summary>
    public IEnumerable<CallVerdict> Verdicts => Calls.SelectMany(call => call.Verdicts);

    /// <summary>OpenTelemetry trace id; null when tracing is off.</summary>
    public string? OtelTraceId { get; init; }
}
