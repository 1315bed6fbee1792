using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts.Traces;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One raw body, formatted or as it went over the wire.</summary>
public sealed partial class TraceBodyPage
{
    /// <summary>Characters that a page shows; the download has no limit.</summary>
    private const int Limit = 1_000_000;

    /// <summary>The trace's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The call's position, from 0.</summary>
    [Parameter]
    public int Position { get; set; }

    /// <summary>As <see cref="Name"/> writes it.</summary>
    [Parameter]
    public string Kind { get; set; } = "";

    /// <summary>The body's position among those of its kind, from 0.</summary>
    [Parameter]
    public int BodyPosition { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private CallBodyResponse? Source { get; set; }

    private ApiBody? Body { get; set; }

    private string? Bot { get; set; }

    private bool IsRaw => View is "raw";

    private string? Text => IsRaw ? Body?.Text : Body is null ? null : Json.TryIndent(Body.Text) ?? EventText.Indent(Body.Text);

    /// <summary>How addresses spell a kind: <c>request</c>, <c>membrane-response</c>.</summary>
    internal static string Name(BodyKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var trace = await Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        Bot = trace?.Summary.Bot;
        Source = trace?.Calls.FirstOrDefault(call => call.Position == Position)?.Bodies
            .FirstOrDefault(body => Name(body.Kind) == Kind && body.Position == BodyPosition);
        Body = Source?.Url is { } url ? await Api.FindBodyAsync(url, Limit, HttpContext.RequestAborted) : null;
        if (Body is null)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
