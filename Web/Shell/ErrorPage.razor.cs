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
            "The page failed to render. Reload it. If that does not help, search the log of the web process for the trace id below.",
            $"OpenTelemetry trace id: {Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier}").ExecuteAsync(context),
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

    /// <summary>Whether opening the address again may help.</summary>
    [Parameter]
    public bool CanRetry { get; set; } = true;

    /// <summary>Where to try again; null for the address of the request.</summary>
    [Parameter]
    public string? Retry { get; set; }

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    private bool IsBadRequest => Status is StatusCodes.Status400BadRequest;

    /// <summary>Null when trying again makes no sense. An invalid query is left out.</summary>
    private string? RetryAddress =>
        !CanRetry || HttpContext is not { Request: var request } ? null : Retry ?? (IsBadRequest ? request.Path : request.Path + request.QueryString);

    private string RetryLabel => IsBadRequest || Retry is not null ? "Open the page again" : "Reload";

    /// <summary>Answers an unknown address with 404.</summary>
    internal static IResult NotFound() =>
        Answer(StatusCodes.Status404NotFound, "Page not found", "The address is wrong, or the item was deleted.", null, canRetry: false);

    /// <summary>Answers a form that was not accepted.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="canRetry">Whether the form's target can be opened.</param>
    internal static RazorComponentResult<ErrorPage> InvalidForm(int status, bool canRetry) => Answer(
        status,
        "The form was not accepted",
        "The form has expired or was sent from another site. Nothing was changed. Open the page again and submit the form once more.",
        null,
        canRetry);

    /// <summary>Answers with <paramref name="status"/> and the error page.</summary>
    internal static RazorComponentResult<ErrorPage> Answer(
        int status, string heading, string explanation, string? detail, bool canRetry = true, string? retry = null) =>
        new(new Dictionary<string, object?>
        {
            [nameof(Status)] = status,
            [nameof(Heading)] = heading,
            [nameof(Explanation)] = explanation,
            [nameof(Detail)] = detail,
            [nameof(CanRetry)] = canRetry,
            [nameof(Retry)] = retry,
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
