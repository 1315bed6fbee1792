using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Reads one trace with its document, calls and bodies. Another tenant's trace is not there.</summary>
public sealed class TraceReader(IDbContextFactory<PlatformDbContext> contexts)
{
    private static readonly TraceDocumentReader Whole = new();

    /// <summary>Finds a trace by our id or, if only one has it, by the id that its own program gave it.</summary>
    public async Task<TraceMatch> FindAsync(string tenantId, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Traces.Where(trace => trace.TenantId == tenantId);
        if (Guid.TryParse(id, out var key) && await own.SingleOrDefaultAsync(trace => trace.Id == key, cancellationToken) is { } found)
        {
            return new TraceMatch(found, IsAmbiguous: false);
        }

        var matches = await own.Where(trace => trace.SourceTraceId == id).OrderBy(trace => trace.Id).Take(2).ToListAsync(cancellationToken);
        return new TraceMatch(matches.Count == 1 ? matches[0] : null, matches.Count > 1);
    }

    /// <summary>Reads the document, byte for byte.</summary>
    /// <returns>Null when retention has dropped it.</returns>
    public async Task<byte[]?> DocumentAsync(Trace trace, CancellationToken cancellationToken)
    {
        await using var stored = await OpenDocumentAsync(trace, cancellationToken);
        return stored is null ? null : await stored.ReadAllAsync(cancellationToken);
    }

    /// <summary>Opens the document, which may be larger than memory; the caller disposes it.</summary>
    /// <returns>Null when retention has dropped it.</returns>
    public async Task<StoredContent?> OpenDocumentAsync(Trace trace, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await context.Database.SqlQuery<StoredPiece>(
            $"""
            select size_bytes as "SizeBytes", octet_length(content) as "StoredBytes", substring(content from 1 for {StoredPiece.Longest}) as "Bytes"
            from trace_documents where stored_day = {trace.DocumentDay} and trace_id = {trace.Id}
            """).SingleOrDefaultAsync(cancellationToken);
        return first is null ? null : StoredContent.Of(first, NextAsync);

        async Task<byte[]?> NextAsync(int from, CancellationToken token)
        {
            await using var again = await contexts.CreateDbContextAsync(token);
            return await again.Database.SqlQuery<byte[]>(
                $"""
                select substring(content from {from + 1} for {StoredPiece.Longest}) as "Value"
                from trace_documents where stored_day = {trace.DocumentDay} and trace_id = {trace.Id}
                """).SingleOrDefaultAsync(token);
        }
    }

    /// <summary>Reads the document as far as an answer holds it: a large one is read as a stream, and only an excerpt is kept.</summary>
    /// <returns>Null when retention has dropped it.</returns>
    public async Task<TraceDocumentView?> ViewDocumentAsync(Trace trace, CancellationToken cancellationToken)
    {
        await using var stored = await OpenDocumentAsync(trace, cancellationToken);
        return stored is null ? null : await TraceDocumentView.ReadAsync(stored, cancellationToken);
    }

    /// <summary>Reads the document's size in bytes.</summary>
    /// <returns>Null when retention has dropped it.</returns>
    public async Task<int?> DocumentSizeAsync(Trace trace, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.TraceDocuments.Where(row => row.StoredDay == trace.DocumentDay && row.TraceId == trace.Id)
            .Select(row => (int?)row.SizeBytes).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Reads a document's parts, element by element.</summary>
    /// <param name="document">As it is stored.</param>
    /// <param name="reader">What is read of it; null for all.</param>
    /// <exception cref="JsonException">The document is not JSON, which no stored one is.</exception>
    public static TraceDocument Read(byte[] document, TraceDocumentReader? reader = null) => (reader ?? Whole).Read(LargeJson.Text(document).Span);

    /// <summary>Reads the model requests, in order.</summary>
    public async Task<IReadOnlyList<LlmCall>> CallsAsync(Guid traceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LlmCalls.Where(call => call.TraceId == traceId).OrderBy(call => call.Position).ToListAsync(cancellationToken);
    }

    /// <summary>Reads which bodies the calls of a trace refer to, without the bodies themselves.</summary>
    public async Task<ILookup<Guid, CallBody>> BodiesAsync(Guid traceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from call in context.LlmCalls
            join link in context.LlmCallBodies on call.Id equals link.LlmCallId
            where call.TraceId == traceId
            select new
            {
                Link = link,
                SizeBytes = context.Bodies
                    .Where(body => body.StoredDay == link.StoredDay && body.Sha256 == link.Sha256)
                    .Select(body => (int?)body.SizeBytes).FirstOrDefault(),
                DroppedAt = context.DroppedPartitions
                    .Where(dropped => dropped.Parent == DayPartitions.Bodies && dropped.Day == link.StoredDay)
                    .Select(dropped => (DateTimeOffset?)dropped.DroppedAt).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        return rows
            .OrderBy(row => row.Link.Kind).ThenBy(row => row.Link.Position)
            .ToLookup(row => row.Link.LlmCallId, row => new CallBody(row.Link, row.SizeBytes, row.SizeBytes is null ? row.DroppedAt : null));
    }

    /// <summary>Reads a raw body.</summary>
    /// <param name="traceId">A trace that the asker may see.</param>
    /// <param name="callId">Our id of the call, or the one in the document.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="position">From 0 among the call's bodies of that kind.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Null when there is none, or not any more.</returns>
    public async Task<byte[]?> BodyAsync(Guid traceId, string callId, BodyKind kind, int position, CancellationToken cancellationToken)
    {
        await using var stored = await OpenBodyAsync(traceId, callId, kind, position, cancellationToken);
        return stored is null ? null : await stored.ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc cref="BodyAsync"/>
    /// <summary>Opens a raw body, which may be larger than memory; the caller disposes it.</summary>
    public async Task<StoredContent?> OpenBodyAsync(Guid traceId, string callId, BodyKind kind, int position, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Guid? key = Guid.TryParse(callId, out var parsed) ? parsed : null;
        var body = await (
            from call in context.LlmCalls
            join link in context.LlmCallBodies on call.Id equals link.LlmCallId
            from stored in context.Bodies.Where(stored => stored.StoredDay == link.StoredDay && stored.Sha256 == link.Sha256)
            where call.TraceId == traceId && (call.Id == key || call.CallId == callId) && link.Kind == kind && link.Position == position
            orderby call.Position
            select new { stored.StoredDay, stored.Sha256 }).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : await OpenBodyAsync(body.StoredDay, body.Sha256, cancellationToken);
    }

    /// <summary>Opens a stored body by its key; the caller disposes it.</summary>
    /// <returns>Null when it is not there any more.</returns>
    internal async Task<StoredContent?> OpenBodyAsync(DateOnly storedDay, byte[] sha256, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await context.Database.SqlQuery<StoredPiece>(
            $"""
            select size_bytes as "SizeBytes", octet_length(content) as "StoredBytes", substring(content from 1 for {StoredPiece.Longest}) as "Bytes"
            from bodies where stored_day = {storedDay} and sha256 = {sha256}
            """).SingleOrDefaultAsync(cancellationToken);
        return first is null ? null : StoredContent.Of(first, NextAsync);

        async Task<byte[]?> NextAsync(int from, CancellationToken token)
        {
            await using var again = await contexts.CreateDbContextAsync(token);
            return await again.Database.SqlQuery<byte[]>(
                $"""
                select substring(content from {from + 1} for {StoredPiece.Longest}) as "Value"
                from bodies where stored_day = {storedDay} and sha256 = {sha256}
                """).SingleOrDefaultAsync(token);
        }
    }
}

/// <summary>What an id led to.</summary>
/// <param name="Trace">Null when there is none, or several.</param>
/// <param name="IsAmbiguous">True when several traces have this id; ChapterX's have 32 bits.</param>
public sealed record TraceMatch(Trace? Trace, bool IsAmbiguous);
