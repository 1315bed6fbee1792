using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Api.Streams;
using Platform.Contracts.Access;
using Platform.Contracts.Conversations;
using Platform.Core.Bots;
using Platform.Core.Conversations;
using Platform.ServiceDefaults.Correlation;

namespace Platform.Api.Features.Conversations;

/// <summary><c>/api/v1/conversations</c>.</summary>
internal static class ConversationEndpoints
{
    private const int MaxPage = 100;
    private const int MaxMetadataLength = 16 * 1024;
    private const int MaxModelLength = 200;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/v1/conversations").WithTags("Conversations").RequireScope(Scopes.ConversationsRead);
        read.MapGet("/", ListAsync).WithName("ListConversations").WithSummary("List conversations, latest activity first");
        read.MapGet("/{id:guid}", FindAsync).WithName("GetConversation").WithSummary("Get a conversation");
        read.MapGet("/{id:guid}/messages", MessagesAsync).WithName("ListMessages").WithSummary("List messages after a sequence, ascending");
        read.MapGet("/{id:guid}/stream", StreamAsync).WithName("StreamConversation").WithSummary("Follow messages and live tokens as server-sent events");

        var write = routes.MapGroup("/api/v1/conversations").WithTags("Conversations").RequireScope(Scopes.ConversationsWrite);
        write.MapPost("/", CreateAsync).WithName("CreateConversation").WithSummary("Start a conversation with a bot");
        write.MapPost("/{id:guid}/messages", PostAsync).WithName("PostMessage").WithSummary("Post a message; the bot answers on the stream");
    }

    private static async Task<Results<Ok<ConversationList>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal principal, ConversationReader reader, CancellationToken cancellationToken, int limit = 20, int offset = 0)
    {
        if (limit is < 1 or > MaxPage || offset < 0)
        {
            return Problems.Invalid("limit", $"limit is {limit}, offset is {offset}: write a limit of 1 to {MaxPage} and an offset of 0 or more.");
        }

        var (page, total) = await reader.ListAsync(principal.TenantId, limit, offset, cancellationToken);
        return TypedResults.Ok(new ConversationList([.. page.Select(ChannelMapping.ToResponse)], total, offset + page.Count < total));
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ConversationReader reader, CancellationToken cancellationToken) =>
        await reader.FindAsync(principal.TenantId, id, cancellationToken) is { } conversation
            ? TypedResults.Ok(conversation.ToResponse())
            : Problems.NotFound("conversation");

    private static async Task<Results<Created<ConversationResponse>, ProblemHttpResult>> CreateAsync(
        CreateConversationRequest request,
        ClaimsPrincipal principal,
        BotReader bots,
        ConversationWriter writer,
        ConversationReader reader,
        CancellationToken cancellationToken)
    {
        if (ProblemWith(request) is { } problem)
        {
            return problem;
        }

        if (await bots.FindAsync(principal.TenantId, request.Bot!, cancellationToken) is not { } bot)
        {
            var known = await bots.ListAsync(principal.TenantId, cancellationToken);
            return Problems.UnknownBot(request.Bot!, [.. known.Where(one => one.Bot.Enabled).Select(one => one.Handle)]);
        }

        if (!bot.Bot.Enabled)
        {
            return Problems.BotDisabled(bot.Handle);
        }

        var metadata = request.Metadata is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : null;
        var id = await writer.CreateAsync(
            principal.TenantId, bot.Bot.AuthorId, principal.AuthorId, string.IsNullOrWhiteSpace(request.Title) ? null : request.Title.Trim(), metadata, cancellationToken);
        var created = await reader.FindAsync(principal.TenantId, id, cancellationToken)
            ?? throw new InvalidOperationException($"Conversation {id} was created but cannot be read.");
        return TypedResults.Created($"/api/v1/conversations/{id}", created.ToResponse());
    }

    private static async Task<Results<Ok<MessageList>, ProblemHttpResult>> MessagesAsync(
        Guid id,
        ClaimsPrincipal principal,
        ConversationReader reader,
        CancellationToken cancellationToken,
        [FromQuery(Name = "after_sequence")] long after = 0,
        int limit = 50)
    {
        if (limit is < 1 or > MaxPage)
        {
            return Problems.Invalid("limit", $"limit is {limit}: write 1 to {MaxPage}.");
        }

        if (await reader.FindAsync(principal.TenantId, id, cancellationToken) is not { } conversation)
        {
            return Problems.NotFound("conversation");
        }

        var page = await reader.MessagesAsync(id, after, limit, cancellationToken);
        var last = page is [.., var newest] ? newest.Message.Sequence : after;
        return TypedResults.Ok(new MessageList(
            [.. page.Select(ChannelMapping.ToResponse)],
            last < conversation.LastSequence,
            last,
            await reader.IsActiveAsync(id, cancellationToken)));
    }

    private static async Task<Results<Accepted<PostMessageResponse>, ProblemHttpResult>> PostAsync(
        Guid id,
        PostMessageRequest request,
        HttpContext context,
        ConversationWriter writer,
        ConversationReader reader,
        CancellationToken cancellationToken)
    {
        if (ContentRules.ProblemWith(request.Content) is { } problem)
        {
            return Problems.Invalid("content", problem);
        }

        if (request.Model is { } model && (model.Length is 0 or > MaxModelLength || ContentRules.UnstorableIn(model) is not null))
        {
            return Problems.Invalid("model", $"model has {model.Length} characters: write the name of a model, at most {MaxModelLength} characters, or leave it out.");
        }

        var posted = await writer.PostAsync(
            new NewMessage(
                context.User.TenantId, id, context.User.AuthorId, request.Content!, request.Model, Activity.Current?.Id, CorrelationId.Current),
            cancellationToken);
        if (posted is null)
        {
            return Problems.NotFound("conversation");
        }

        var stored = (await reader.MessagesAsync(id, posted.Sequence - 1, 1, cancellationToken))[0];
        var stream = $"/api/v1/conversations/{id}/stream?after_sequence={posted.Sequence}";
        context.Response.Headers["X-Stream-URL"] = stream;
        return TypedResults.Accepted(
            $"/api/v1/activations/{posted.ActivationId}",
            new PostMessageResponse(stored.ToResponse(), posted.Sequence, posted.ActivationId.ToString(), stream));
    }

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> StreamAsync(
        Guid id,
        HttpRequest request,
        ClaimsPrincipal principal,
        ConversationReader reader,
        ConversationStream stream,
        CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(principal.TenantId, id, cancellationToken) is not { } conversation)
        {
            return Problems.NotFound("conversation");
        }

        var text = request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : request.Query["after_sequence"].ToString();
        if (text.Length == 0)
        {
            return new EventStreamResult(stream.ReadAsync(id, StreamCursor.At(conversation.LastSequence), replay: false, cancellationToken));
        }

        return StreamCursor.Parse(text) is { } cursor
            ? new EventStreamResult(stream.ReadAsync(id, cursor, replay: true, cancellationToken))
            : Problems.Invalid("after_sequence", "Unknown cursor: send the id of an event as Last-Event-ID, or a sequence as after_sequence.");
    }

    private static ProblemHttpResult? ProblemWith(CreateConversationRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Bot))
        {
            return Problems.Invalid("bot", "bot is missing: write the handle of a bot (GET /api/v1/bots lists them).");
        }

        if (request.Title is { } title && (title.Length > ConversationWriter.MaxTitleLength || ContentRules.UnstorableIn(title) is not null))
        {
            return Problems.Invalid("title", $"title has {title.Length} characters: write at most {ConversationWriter.MaxTitleLength}, valid Unicode without U+0000.");
        }

        return request.Metadata switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: not JsonValueKind.Object } => Problems.Invalid("metadata", "metadata is not a JSON object."),
            { } metadata when metadata.GetRawText() is var raw && (raw.Length > MaxMetadataLength || raw.Contains("\\u0000", StringComparison.Ordinal)) =>
                Problems.Invalid("metadata", $"metadata is {raw.Length} characters long: write at most {MaxMetadataLength}, without U+0000."),
            _ => null,
        };
    }
}
