using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform.Contracts;
using Platform.Contracts.Traces.Imports;
using Platform.ServiceDefaults.Access;
using Platform.Web.Features.Access;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Imports;

/// <summary>Streams the uploaded file of the import page to the API without buffering.</summary>
internal static class ImportUpload
{
    /// <summary>Target of the form.</summary>
    public const string Path = "/traces/import/upload";

    /// <summary>Maps the form's target. The body is not read here, so cross-site requests are detected by headers instead of an antiforgery token.</summary>
    public static void MapImportUpload(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, UploadAsync).WithMetadata(new RequestSizeLimitAttribute(ApiForwarder.MaxImportBytes));

    private static async Task<IResult> UploadAsync(HttpContext context, ForwarderConnection connection)
    {
        if (RequestSite.Of(context.Request) is RequestSite.Kind.Foreign)
        {
            return Back("problem", "other-site");
        }

        try
        {
            using var answer = await connection.SendAsync(
                context,
                headers =>
                {
                    if (SessionCookie.IdOf(context) is { } session)
                    {
                        headers.Authorization = new("Bearer", session);
                    }
                },
                "/api/v1/traces/import?wait=false");
            if (answer.IsSuccessStatusCode && await ReadAsync<ImportRunResponse>(answer, context.RequestAborted) is { } run)
            {
                return Back("run", run.Id);
            }

            if (answer.StatusCode is HttpStatusCode.Unauthorized)
            {
                throw new ApiAccessDeniedException(answer.StatusCode); // The error page leads to the sign-in.
            }

            var problem = await ReadAsync<ProblemDetails>(answer, context.RequestAborted);
            return problem?.Type?.Split('/')[^1] is { } type && ImportPage.Problems.ContainsKey(type) ? Back("problem", type) : Rejected(answer, problem);
        }
        catch (HttpRequestException exception) when (exception.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return Back("problem", "too-large");
        }
        catch (HttpRequestException)
        {
            return Back("problem", "api-unreachable");
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Shows the API's own title and detail. They are not passed on in an address, which anyone could write.</summary>
    private static RazorComponentResult<ErrorPage> Rejected(HttpResponseMessage answer, ProblemDetails? problem) => ErrorPage.Answer(
        (int)answer.StatusCode,
        problem?.Title ?? "The import was rejected",
        problem?.Detail ?? $"The API returned {(int)answer.StatusCode}.",
        null,
        retry: "/traces/import");

    private static RedirectHttpResult Back(string name, string value) =>
        TypedResults.LocalRedirect($"/traces/import?{name}={Uri.EscapeDataString(value)}");
}
