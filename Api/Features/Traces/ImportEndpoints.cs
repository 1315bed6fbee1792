using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform.Api.Auth;
using Platform.Api.Errors;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Traces;
using Platform.Core.Traces.ChapterX;

namespace Platform.Api.Features.Traces;

/// <summary><c>/api/v1/traces/import</c> and <c>/api/v1/traces/imports</c>.</summary>
internal static class ImportEndpoints
{
    private const string HowTo = "Send a zip of ChapterX's 'logs' folder: as the body with Content-Type application/zip, or as multipart/form-data in the field 'file'.";

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/v1/traces").WithTags("Traces").RequireScope(Scopes.Import);
        imports.MapPost("/import", ImportAsync).WithName("ImportTraces").WithSummary("Import a zip of a ChapterX logs folder")
            .WithMetadata(new RequestSizeLimitAttribute(ZipUpload.MaxBytes + ZipUpload.EnvelopeBytes));
        imports.MapGet("/imports/{id:guid}", FindAsync).WithName("GetImport").WithSummary("What came of an import");
    }

    private static async Task<Results<Created<ImportRunResponse>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, ClaimsPrincipal principal, ChapterXImporter importer, CancellationToken cancellationToken)
    {
        var upload = await ZipUpload.ReceiveAsync(request, cancellationToken);
        if (upload.Content is not { } content)
        {
            return upload.IsTooLarge
                ? Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The archive is too large", $"At most {ZipUpload.MaxBytes / (1024 * 1024)} MiB are taken; import larger ones with 'worker traces import'.")
                : Problems.Of(StatusCodes.Status400BadRequest, "not-a-zip", "There is no archive in the request", HowTo);
        }

        // The tree, or its refusal, disposes the content.
        var opening = LogTrees.OpenZip(content);
        if (opening.Tree is not { } tree)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "not-a-zip", "The archive cannot be imported", $"{opening.Refusal} {HowTo}");
        }

        using (tree)
        {
            var run = await importer.ImportAsync(
                tree, new ImportOrder(principal.TenantId, upload.Name ?? "upload.zip", ImportKind.Upload), null, cancellationToken);
            return TypedResults.Created($"/api/v1/traces/imports/{run.Id}", run.ToResponse());
        }
    }

    private static async Task<Results<Ok<ImportRunResponse>, ProblemHttpResult>> FindAsync(
        Guid id, ClaimsPrincipal principal, ImportRuns runs, CancellationToken cancellationToken) =>
        await runs.FindAsync(principal.TenantId, id, cancellationToken) is { } run
            ? TypedResults.Ok(run.ToResponse())
            : Problems.NotFound("import");
}
