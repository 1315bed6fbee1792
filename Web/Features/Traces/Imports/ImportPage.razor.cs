using Microsoft.AspNetCore.Components;
using Platform.Contracts.Traces.Imports;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Imports;

/// <summary>Uploads a zip and lists imports with their progress.</summary>
public sealed partial class ImportPage
{
    private const int Shown = 30;

    /// <summary>The problems with a text of this page: the last part of the API's problem type, or the upload's own.</summary>
    internal static readonly Dictionary<string, string> Problems = new()
    {
        ["not-a-zip"] = "The file is not a valid zip with a 'traces' folder, or it is too large when unpacked. Zip ChapterX's 'logs' folder and upload that file.",
        ["too-large"] = "The zip is larger than 512 MiB, or needs more disk space than uploads may use (Imports:UploadBytes). Import the folder as described below, or upload it in parts, for example by bot or day.",
        ["other-site"] = "The upload was rejected: it was sent from another site. Nothing was imported. Upload the file on this page.",
        ["api-unreachable"] = "The API did not respond. Check the list below for the import, then try again.",
    };

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>Id of the import that was just started.</summary>
    [SupplyParameterFromQuery]
    private string? Run { get; set; }

    /// <summary>Why no import was started: one of <see cref="Problems"/>.</summary>
    [SupplyParameterFromQuery]
    private string? Problem { get; set; }

    private IReadOnlyList<ImportRunResponse>? Imports { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    private bool IsRunning => Imports?.Any(import => import is { State: "running", Kind: not "watch" }) is true;

    private string? ProblemText => string.IsNullOrEmpty(Problem) ? null : Problems.GetValueOrDefault(Problem, "The import was rejected.");

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => Imports = (await Api.GetImportsAsync(Shown, HttpContext.RequestAborted)).Imports;
}
