namespace Platform.Contracts.Traces.Document;

/// <summary>What native documents add to ChapterX's shape.</summary>
public sealed record PlatformPart : TracePart
{
    /// <summary>The version of this part; 1 so far.</summary>
    public int Version { get; init; }

    public string? ActivationId { get; init; }

    /// <summary>The activation's final state.</summary>
    public string? State { get; init; }

    /// <summary>The rule that kept the bot silent.</summary>
    public string? SilentReason { get; init; }

    public string? CancelledBy { get; init; }

    /// <summary>How often the activation was claimed, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>How many earlier attempts ended in a transient failure of the model.</summary>
    public int Deferrals { get; init; }

    /// <summary>The number of the claim that ended it.</summary>
    public long Fence { get; init; }

    /// <summary>The worker that ended it.</summary>
    public string? Worker { get; init; }

    /// <summary>A model that was requested for this answer only.</summary>
    public string? ModelOverride { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>Milliseconds in the queue, until this claim.</summary>
    public long? WaitedMs { get; init; }

    /// <summary>UTC on the worker's clock; the offsets of logs and spans count from here.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>True when the offline model answered.</summary>
    public bool Rehearsal { get; init; }

    public string? CorrelationId { get; init; }

    public string? OtelTraceId { get; init; }

    public IReadOnlyList<DecisionStepPart> Decision { get; init; } = [];

    public IReadOnlyList<SpanPart> Spans { get; init; } = [];

    public IReadOnlyList<VerdictPart> Verdicts { get; init; } = [];

    public LinksPart? Links { get; init; }
}

/// <summary>One rule of the decision whether the bot acts.</summary>
public sealed record DecisionStepPart : TracePart
{
    public string? Rule { get; init; }

    /// <summary><c>pass</c> or <c>silent</c>.</summary>
    public string? Verdict { get; init; }

    public string? Detail { get; init; }

    /// <summary>False when an earlier rule had already decided; else null.</summary>
    public bool? Decisive { get; init; }
}

/// <summary>A part of the run, as the worker measured it.</summary>
public sealed record SpanPart : TracePart
{
    public string? Name { get; init; }

    /// <summary>Milliseconds since the activation began.</summary>
    public long OffsetMs { get; init; }

    public long DurationMs { get; init; }
}

/// <summary>What a budget, a breaker or another step of the model call decided.</summary>
public sealed record VerdictPart : TracePart
{
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Verdict { get; init; }

    public string? Detail { get; init; }
}

/// <summary>Related records of the platform. Each is null when there is none.</summary>
public sealed record LinksPart : TracePart
{
    public string? TriggerMessageId { get; init; }

    public string? AnswerMessageId { get; init; }

    /// <summary>The log entry about the activation's end.</summary>
    public string? EventId { get; init; }

    public string? JobId { get; init; }

    public string? DiscordMessageUrl { get; init; }

    public string? OtelTraceId { get; init; }

    public string? CorrelationId { get; init; }
}
