using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.Attention;
using Platform.Contracts.Backups;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;
using Platform.Contracts.Jobs;
using Platform.Contracts.Overview;
using Platform.Contracts.Retention;
using Platform.Contracts.Schedules;
using Platform.Contracts.Statistics;
using Platform.Contracts.Traces;
using Platform.Web.Features.Access;
using Polly;

namespace Platform.Web.Upstream;

/// <summary>Typed client for the API, with the viewer's session.</summary>
/// <exception cref="ApiUnavailableException">Any method: no response, or a 5xx.</exception>
/// <exception cref="ApiBadRequestException">Methods that return a list: 400, for example for an invalid cursor.</exception>
/// <exception cref="ApiAccessDeniedException">Any method but <see cref="SignInAsync"/>: 401 or 403.</exception>
internal sealed partial class ApiClient(HttpClient http, IHttpContextAccessor accessor)
{
    private const string BrokenOff = "The API broke off its response.";

    // Other resources of the API under the same path.
    private static readonly HashSet<string> NotTraces = new(["diff", "export", "facets", "import", "imports"], StringComparer.OrdinalIgnoreCase);

    public Task<OverviewResponse> GetOverviewAsync(CancellationToken cancellationToken) =>
        GetAsync<OverviewResponse>("/api/v1/overview", cancellationToken);

    public Task<AttentionList> GetAttentionAsync(CancellationToken cancellationToken) =>
        GetAsync<AttentionList>("/api/v1/attention", cancellationToken);

    /// <param name="range"><c>24h</c>, <c>7d</c> or <c>30d</c>; null for the default.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<StatisticsResponse> GetStatisticsAsync(string? range, CancellationToken cancellationToken) =>
        GetAsync<StatisticsResponse>($"/api/v1/statistics{QueryString.Create("range", range ?? "")}", cancellationToken);

    public Task<SilenceList> GetSilenceAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync<SilenceList>($"/api/v1/statistics/silence{query}", cancellationToken);

    public Task<BotList> GetBotsAsync(CancellationToken cancellationToken) =>
        GetAsync<BotList>("/api/v1/bots", cancellationToken);

    public Task<TraceList> GetTracesAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync<TraceList>($"/api/v1/traces{query}", cancellationToken);

    public Task<TraceFacetsResponse> GetTraceFacetsAsync(CancellationToken cancellationToken) =>
        GetAsync<TraceFacetsResponse>("/api/v1/traces/facets", cancellationToken);

    /// <returns>Null when there is no such trace.</returns>
    public Task<TraceDetail?> FindTraceAsync(string id, CancellationToken cancellationToken) =>
        NotTraces.Contains(id) ? Task.FromResult<TraceDetail?>(null) : FindAsync<TraceDetail>($"/api/v1/traces/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Opens a trace's document, byte for byte, as it arrives; the caller disposes the response.</summary>
    /// <returns>Null when there is no such trace, or its document was deleted.</returns>
    public async Task<HttpResponseMessage?> OpenTraceDocumentAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/traces/{Uri.EscapeDataString(id)}/document");
        var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        response.Dispose();
        return null;
    }

    public Task<ScheduleList> GetSchedulesAsync(CancellationToken cancellationToken) =>
        GetAsync<ScheduleList>("/api/v1/schedules", cancellationToken);

    public Task<JobList> GetJobsAsync(CancellationToken cancellationToken) =>
        GetAsync<JobList>("/api/v1/jobs", cancellationToken);

    public Task<RetentionReport> GetRetentionAsync(CancellationToken cancellationToken) =>
        GetAsync<RetentionReport>("/api/v1/retention", cancellationToken);

    public Task<BackupReport> GetBackupsAsync(CancellationToken cancellationToken) =>
        GetAsync<BackupReport>("/api/v1/backups", cancellationToken);

    /// <summary>Runs a schedule now.</summary>
    /// <returns>Null on success, else the error message.</returns>
    public async Task<string?> RunScheduleAsync(string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/schedules/{Uri.EscapeDataString(name)}/run");
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadProblemAsync(response, cancellationToken);
    }

    public Task<ConversationList> GetConversationsAsync(int limit, int offset, CancellationToken cancellationToken) =>
        GetAsync<ConversationList>($"/api/v1/conversations?limit={limit}&offset={offset}", cancellationToken);

    /// <returns>Null when there is no such conversation.</returns>
    public Task<ConversationResponse?> FindConversationAsync(string id, CancellationToken cancellationToken) =>
        FindAsync<ConversationResponse>($"/api/v1/conversations/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <param name="id">The conversation.</param>
    /// <param name="afterSequence">Returns messages after this sequence; 0 starts at the first.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<MessageList> GetMessagesAsync(string id, long afterSequence, int limit, CancellationToken cancellationToken) =>
        GetAsync<MessageList>(
            $"/api/v1/conversations/{Uri.EscapeDataString(id)}/messages?after_sequence={afterSequence}&limit={limit}", cancellationToken);

    public Task<ApiResult<ConversationResponse>> CreateConversationAsync(CreateConversationRequest request, CancellationToken cancellationToken) =>
        PostAsync<CreateConversationRequest, ConversationResponse>("/api/v1/conversations", request, cancellationToken);

    public Task<ApiResult<PostMessageResponse>> PostMessageAsync(string id, PostMessageRequest request, CancellationToken cancellationToken) =>
        PostAsync<PostMessageRequest, PostMessageResponse>(
            $"/api/v1/conversations/{Uri.EscapeDataString(id)}/messages", request, cancellationToken);

    public Task<QueueResponse> GetQueueAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync<QueueResponse>($"/api/v1/queue{query}", cancellationToken);

    /// <returns>Null when there is no such activation.</returns>
    public Task<ActivationResponse?> FindActivationAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync<ActivationResponse>($"/api/v1/activations/{id}", cancellationToken);

    /// <summary>Cancels, retries or fails an activation.</summary>
    /// <param name="id">The activation.</param>
    /// <param name="action"><c>cancel</c>, <c>retry</c> or <c>give-up</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null on success, else the error message.</returns>
    public async Task<string?> ActOnActivationAsync(Guid id, string action, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/activations/{id}/{action}");
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadProblemAsync(response, cancellationToken);
    }

    /// <summary>Reads a raw body.</summary>
    /// <param name="url">Path from the API's response.</param>
    /// <param name="limit">Maximum number of characters to read.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Null when the body no longer exists.</returns>
    public async Task<ApiBody?> FindBodyAsync(string url, int limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            var buffer = new char[limit + 1];
            var length = await reader.ReadBlockAsync(buffer, cancellationToken);
            return new ApiBody(new string(buffer, 0, Math.Min(length, limit)), length > limit);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw new ApiUnavailableException(BrokenOff, exception);
        }
    }

    private async Task<T> GetAsync<T>(string url, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest => throw new ApiBadRequestException(await ReadProblemAsync(response, cancellationToken)),
            _ when response.IsSuccessStatusCode => await ReadAsync<T>(response, cancellationToken),
            _ => throw new ApiUnavailableException($"The API returned {(int)response.StatusCode} for {url.Split('?')[0]}."),
        };
    }

    private async Task<T?> FindAsync<T>(string url, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? await ReadAsync<T>(response, cancellationToken) : null;
    }

    private async Task<ApiResult<TResult>> PostAsync<TBody, TResult>(string url, TBody body, CancellationToken cancellationToken)
        where TResult : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body, options: WireJson.Options) };
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? new ApiResult<TResult>(await ReadAsync<TResult>(response, cancellationToken), null)
            : new ApiResult<TResult>(null, await ReadProblemAsync(response, cancellationToken));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellationToken)
                ?? throw new ApiUnavailableException("The API returned an empty body.");
        }
        catch (JsonException exception)
        {
            throw new ApiUnavailableException("The API returned an unexpected response.", exception);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw new ApiUnavailableException(BrokenOff, exception);
        }
    }

    /// <summary>Whether a response ended before its body did: the API was stopped, or its connection broke.</summary>
    private static bool IsBroken(Exception exception) => exception is IOException or HttpRequestException;

    private static async Task<string> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = await ProblemOfAsync(response, cancellationToken);
        return problem?.Detail ?? problem?.Title ?? $"The API returned {(int)response.StatusCode}.";
    }

    private static async Task<ProblemDetails?> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.Content.Headers.ContentType?.MediaType is "application/problem+json"
                ? await response.Content.ReadFromJsonAsync<ProblemDetails>(WireJson.Options, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is JsonException || IsBroken(exception))
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext is { } context && SessionCookie.IdOf(context) is { } session)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        }

        var response = await SendRawAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            var status = response.StatusCode;
            response.Dispose();
            throw new ApiAccessDeniedException(status);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode < 500)
            {
                return response;
            }

            using (response)
            {
                throw new ApiUnavailableException($"The API returned {(int)response.StatusCode}.") { Problem = await ProblemOfAsync(response, cancellationToken) };
            }
        }
        catch (Exception exception) when (
            exception is HttpRequestException or ExecutionRejectedException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ApiUnavailableException("The API did not respond.", exception);
        }
    }
}
