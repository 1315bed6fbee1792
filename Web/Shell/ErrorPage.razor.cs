using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Platform.Web.Shell;

/// <summary>The error page.</summary>
public sealed partial class ErrorPage
{
    /// <summary>Options for an unhandled exception: status 500 with the id to search for in the log.</summary>
    internal static ExceptionHandlerOptions UnexpectedError { get; } = new()
    {
        CreateScopeForErrors = true, // a renderer serves one page
        ExceptionHandler = context => Answer(
            StatusCodes.Status500InternalServerError,
            "Internal error",
            "The page failed to render. The log of the web process has the details.",
            $"Trace id: {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}").ExecuteAsync(context),
    };

    /// <summary>HTTP status.</summary>
    [Parameter, EditorRequired]
    public int Status { get; set; }

    /// <summary>What failed.</summary>
    [Parameter, EditorRequired]
    public string Heading { get; set; } = "";

    /// <summary>Cause and what to do.</summary>
    [Parameter, EditorRequired]
    public string Explanation { get; set; } = "";

    /// <summary>Technical detail; null without one.</summary>
    [Parameter]
    public string? Detail { get; set; }

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    private string Here => HttpContext is { } context ? context.Request.Path + context.Request.QueryString : "/";

    /// <summary>Answers an unknown address with 404.</summary>
    internal static IResult NotFound() =>
        Answer(StatusCodes.Status404NotFound, "Page not found", "The address is wrong, or the item was deleted.", null);

    /// <summary>Answers with <paramref name="status"/> and the error page.</summary>
    internal static RazorComponentResult<ErrorPage> Answer(int status, string heading, string explanation, string? detail) =>
        new(new Dictionary<string, object?>
        {
            [nameof(Status)] = status,
            [nameof(Heading)] = heading,
            [nameof(Explanation)] = explanation,
            [nameof(Detail)] = detail,
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
