using Platform.Core.Traces;
using System.Text.Json;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Traces.Old;

/// <summary>Writes what our own traces say beyond ChapterX's shape: the decision, measured parts, guards and links.</summary>
internal static class NativePlatformWriter
{
    public static void Write(Utf8JsonWriter json, RunRecord record)
    {
        var claim = record.Claim;
        json.WriteStartObject("platform");
        json.WriteNumber("version", 1);
        json.WriteString("activationId", claim.Id);
        json.WriteString("state", EnumText.Of(record.State));
        OldTraceDocument.WriteOptional(json, "silentReason", record.SilentReason);
        OldTraceDocument.WriteOptional(json, "cancelledBy", record.CancelledBy);
        json.WriteNumber("attempt", claim.Attempt);
        json.WriteNumber("deferrals", claim.Deferrals);
        json.WriteNumber("fence", claim.Fence);
        json.WriteString("worker", record.Worker);
        OldTraceDocument.WriteOptional(json, "modelOverride", claim.Model);
        json.WriteString("queuedAt", claim.CreatedAt.UtcDateTime);
        json.WriteNumber("waitedMs", (long)(claim.StartedAt - claim.CreatedAt).TotalMilliseconds);
        json.WriteString("begunAt", record.Log.StartedAt.UtcDateTime);
        json.WriteBoolean("rehearsal", record.Calls is [.., { Rehearsal: true }]);
        OldTraceDocument.WriteOptional(json, "correlationId", claim.CorrelationId);
        OldTraceDocument.WriteOptional(json, "otelTraceId", record.OtelTraceId);
        WriteDecision(json, record);
        WriteSpans(json, record);
        WriteVerdicts(json, record);
        WriteLinks(json, record);
        json.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter json, RunRecord record)
    {
        var decided = false;
        json.WriteStartArray("decision");
        foreach (var step in record.Decision?.Steps ?? [])
        {
            json.WriteStartObject();
            json.WriteString("rule", step.Rule);
            json.WriteString("verdict", step.Passed ? "pass" : "silent");
            json.WriteString("detail", step.Detail);
            if (decided)
            {
                json.WriteBoolean("decisive", false);
            }

            json.WriteEndObject();
            decided |= !step.Passed;
        }

        json.WriteEndArray();
    }

    private static void WriteSpans(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartArray("spans");
        foreach (var span in record.Log.Spans)
        {
            json.WriteStartObject();
            json.WriteString("name", span.Name);
            json.WriteNumber("offsetMs", (long)span.Offset.TotalMilliseconds);
            json.WriteNumber("durationMs", (long)span.Duration.TotalMilliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVerdicts(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartArray("verdicts");
        foreach (var verdict in record.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("kind", verdict.Kind);
            json.WriteString("name", verdict.Name);
            json.WriteString("verdict", verdict.Verdict);
            json.WriteString("detail", verdict.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartObject("links");
        OldTraceDocument.WriteOptional(json, "triggerMessageId", record.Claim.TriggerMessageId?.ToString());
        OldTraceDocument.WriteOptional(json, "answerMessageId", record.AnswerMessageId?.ToString());
        json.WriteString("eventId", record.EndEventId);
        OldTraceDocument.WriteOptional(json, "otelTraceId", record.OtelTraceId);
        OldTraceDocument.WriteOptional(json, "correlationId", record.Claim.CorrelationId);
        json.WriteEndObject();
    }
}
