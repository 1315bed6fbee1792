using Microsoft.Extensions.Options;
using Platform.Contracts.Traces;
using Platform.Core.Models;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Providers;
using Platform.Core.Traces;

namespace Platform.Core.Replays;

/// <summary>Reads the recorded request and response of a call, without a network call.</summary>
public sealed class RecordedAnswers(TraceReader traces, IOptions<ModelOptions> options, TimeProvider time)
{
    /// <summary>Reads the request so that it can be sent again.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The request, or why there is none to send.</returns>
    internal async Task<(RecordedRequest? Request, string? Refusal)> RequestAsync(LlmCall call, CancellationToken cancellationToken)
    {
        if (await LastAsync(call, [BodyKind.Request, BodyKind.MembraneRequest], cancellationToken) is not { } body)
        {
            return (null, "The recorded request was deleted by retention (Retention:Bodies), or it was missing from the import.");
        }

        return (RecordedRequestReader.Read(body, out var refusal), refusal);
    }

    /// <summary>What a replay of the call would lose.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The parts that cannot be replayed, or why the call cannot be replayed at all.</returns>
    public async Task<(IReadOnlyList<string> LeftOut, string? Refusal)> CanReplayAsync(LlmCall call, CancellationToken cancellationToken)
    {
        var (request, refusal) = await RequestAsync(call, cancellationToken);
        return (request?.LeftOut ?? [], refusal);
    }

    /// <summary>Reads the recorded response as a live one would be: no network, the same every time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<(ModelCallResult? Answer, string? Refusal)> ReadAsync(LlmCall call, CancellationToken cancellationToken)
    {
        if (await LastAsync(call, [BodyKind.Response, BodyKind.MembraneResponse], cancellationToken) is not { } body)
        {
            return (null, "The recorded response was deleted by retention (Retention:Bodies), or none was recorded.");
        }

        // Where a transcript's answer ends is in its request.
        var (request, _) = await RequestAsync(call, cancellationToken);
        var wire = WireForm.Build(
            request?.ToRequest(call.Model, "") ?? new ModelRequest { Model = call.Model, Persona = new ModelPersona("", "", null, [], []), Messages = [] }, call.Model);
        using var client = RecordedResponse.Client(body, request?.IsCompletion is true, time);
        var turn = new ModelCall(client, wire, KeyMask.None, options.Value, time);
        await turn.RunAsync((_, _) => ValueTask.CompletedTask, cancellationToken);
        return (turn.ToResult(new ModelCallResult
        {
            Provider = call.Provider, Model = call.Model, Rehearsal = call.Rehearsal, StartedAt = call.StartedAt,
        }), null);
    }

    /// <summary>The last body of the first kind that is there: where a call was tried several times, the last try is the one that counts.</summary>
    private async Task<byte[]?> LastAsync(LlmCall call, BodyKind[] kinds, CancellationToken cancellationToken)
    {
        var bodies = (await traces.BodiesAsync(call.TraceId, cancellationToken))[call.Id].Where(body => body.SizeBytes is not null).ToList();
        foreach (var kind in kinds)
        {
            if (bodies.LastOrDefault(body => body.Link.Kind == kind) is { } last)
            {
                return await traces.BodyAsync(call.TraceId, call.Id.ToString(), kind, last.Link.Position, cancellationToken);
            }
        }

        return null;
    }
}
