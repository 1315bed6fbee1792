using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.Web.Shell;

/// <summary>A page of its own for every way in which a page can fail.</summary>
public sealed partial class FailureDocument
{
    /// <summary>The handler's options for what nobody foresaw: 500, with the id to look for in the log.</summary>
    internal static ExceptionHandlerOptions UnexpectedFailure { get; } = new()
    {
        CreateScopeForErrors = true, // a renderer serves one page
        ExceptionHandler = context => Answer(
            StatusCodes.Status500InternalServerError,
            "Something broke",
            "This page met a fault of its own. The log tells more.",
            $"Look for {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}.").ExecuteAsync(context),
    };

    /// <summary>What failed, in a few words.</summary>
    [Parameter, EditorRequired]
    public string Heading { get; set; } = "";

    /// <summary>What the reader can make of it.</summary>
    [Parameter, EditorRequired]
    public string Explanation { get; set; } = "";

    /// <summary>For whoever mends it.</summary>
    [Parameter]
    public string? Detail { get; set; }

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    private string Here => HttpContext is { } context ? context.Request.Path + context.Request.QueryString : "/";

    /// <summary>Answers an address that no page has.</summary>
    internal static IResult NotThere() =>
        Answer(StatusCodes.Status404NotFound, "There is no such page", "The address may be mistyped, or what it named is gone.", null);

    /// <summary>An answer with <paramref name="status"/> that shows this page.</summary>
    internal static RazorComponentResult<FailureDocument> Answer(int status, string heading, string explanation, string? detail) =>
        new(new Dictionary<string, object?>
        {
            [nameof(Heading)] = heading,
            [nameof(Explanation)] = explanation,
            [nameof(Detail)] = detail,
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
