using Microsoft.AspNetCore.Components;
using Platform.Contracts.Traces.Imports;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Imports;

/// <summary>Takes a zip, shows how far imports are and what came of those before.</summary>
public sealed partial class ImportPage
{
    private const int Shown = 30;

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>The import that was just begun.</summary>
    [SupplyParameterFromQuery]
    private string? Run { get; set; }

    /// <summary>Why nothing was begun: the last part of the Api's problem type.</summary>
    [SupplyParameterFromQuery]
    private string? Problem { get; set; }

    private IReadOnlyList<ImportRunResponse>? Imports { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private bool IsRunning => Imports?.Any(import => import is { State: "running", Kind: not "watch" }) is true;

    private string? ProblemText => Problem switch
    {
        null or "" => null,
        "not-a-zip" => "That was no zip with a folder 'traces' in it, or one that is damaged or unpacks to far more than logs do. Zip ChapterX's 'logs' folder and choose that file.",
        "too-large" => "The zip is larger than 512 MiB. Import it at the server with 'worker traces import', or send it in parts: any split by bot or day will do.",
        "other-site" => "The file came from a page of another site and was not taken.",
        "api-unreachable" => "The Api did not answer. Nothing is known of the import; look at the list below, then try again.",
        _ => "The import was refused. It needs a login that may import.",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => Imports = (await Api.GetImportsAsync(Shown, HttpContext.RequestAborted)).Imports;
}
