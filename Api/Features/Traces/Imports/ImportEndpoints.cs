using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts.Access;
using Platform.Contracts.Traces.Imports;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Imports;

namespace Platform.Api.Features.Traces.Imports;

/// <summary><c>/api/v1/traces/import</c> and <c>/api/v1/traces/imports</c>.</summary>
internal static class ImportEndpoints
{
    private const int MaxListed = 100;

    /// <summary>How an archive is sent.</summary>
    public const string HowTo = "Send a zip of ChapterX's 'logs' folder: as the body with Content-Type application/zip, or as multipart/form-data in the field 'file'.";

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/v1/traces").WithTags("Traces").RequireScope(Scopes.Import);
        imports.MapPost("/import", ImportAsync).WithName("ImportTraces").WithSummary("Import a zip of a ChapterX logs folder")
            .WithMetadata(new RequestSizeLimitAttribute(ZipUpload.MaxBytes + ZipUpload.EnvelopeBytes));
        imports.MapGet("/imports", ListAsync).WithName("ListImports").WithSummary("List imports, newest first");
        imports.MapGet("/imports/{id:guid}", FindAsync).WithName("GetImport").WithSummary("Get an import");
    }

    private static async Task<Results<Created<ImportRunResponse>, Accepted<ImportRunResponse>, ProblemHttpResult>> ImportAsync(
        HttpRequest request,
        ClaimsPrincipal principal,
        ChapterXImporter importer,
        BackgroundImports background,
        ImportRuns runs,
        TimeProvider clock,
        UploadBudget budget,
        CancellationToken cancellationToken,
        bool wait = true)
    {
        using var share = budget.TryBegin();
        if (share is null)
        {
            return budget.TooMany(request.HttpContext.Response);
        }

        var upload = await ZipUpload.ReceiveAsync(request, share, cancellationToken);
        if (upload.Content is not { } content)
        {
            return upload.IsTooLarge ? TooLarge()
                : upload.HasNoRoom ? budget.NoRoom(share, "for the archive", null, request.HttpContext.Response)
                : Problems.Of(StatusCodes.Status400BadRequest, "not-a-zip", "No archive in the request", HowTo);
        }

        var (tree, refusal) = await budget.OpenAsync(content, share, request.HttpContext.Response, cancellationToken);
        if (tree is null)
        {
            return refusal ?? throw new InvalidOperationException("An archive is opened or refused.");
        }

        var order = new ImportOrder(principal.TenantId, upload.Name ?? "upload.zip", ImportKind.Upload);
        var location = $"/api/v1/traces/imports/{order.RunId}";
        if (!wait)
        {
            await background.BeginAsync(tree, share.PassOn(), order);
            return await runs.FindAsync(principal.TenantId, order.RunId, cancellationToken) is { } begun
                ? TypedResults.Accepted(location, begun.ToResponse(clock.GetUtcNow()))
                : Problems.Of(StatusCodes.Status503ServiceUnavailable, "not-begun", "The import did not start", "The database may be unavailable. Send it again.");
        }

        using (tree)
        {
            var run = await importer.ImportAsync(tree, order, null, cancellationToken);
            return TypedResults.Created(location, run.ToResponse(clock.GetUtcNow()));
        }
    }

    private static ProblemHttpResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The archive is too large",
        $"The limit is {ZipUpload.MaxBytes / (1024 * 1024)} MiB; import larger archives with 'worker traces import'.");

    private static async Task<Results<Ok<ImportRunList>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal principal, ImportRuns runs, TimeProvider clock, CancellationToken cancellationToken, int limit = 20)
    {
        if (limit is < 1 or > MaxListed)
        {
            return Problems.Invalid("limit", $"limit is {limit}; write 1 to {MaxListed}.");
        }

        var now = clock.GetUtcNow();
        return TypedResults.Ok(new ImportRunList([.. (await runs.ListAsync(principal.TenantId, limit, cancellationToken)).Select(run => run.ToResponse(now))]));
    }

    private static async Task<Results<Ok<ImportRunResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ImportRuns runs, TimeProvider clock, CancellationToken cancellationToken) =>
        await runs.FindAsync(principal.TenantId, id, cancellationToken) is { } run
            ? TypedResults.Ok(run.ToResponse(clock.GetUtcNow()))
            : Problems.NotFound("import");
}
