using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts.Traces;
using Platform.Web.Features.Traces.Bodies;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One request or response body: formatted, as JSON or raw.</summary>
public sealed partial class TraceBodyPage
{
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

    private ShownBody? Body { get; set; }

    private string? Bot { get; set; }

    private string Label => Source is null ? "Body" : BodyLabel.Of(Source.Kind);

    /// <summary>A kind in an address: <c>request</c>, <c>membrane-response</c>.</summary>
    internal static string Name(BodyKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var trace = await Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        Bot = trace?.Summary.Bot;
        Source = trace?.Calls.FirstOrDefault(call => call.Position == Position)?.Bodies
            .FirstOrDefault(body => Name(body.Kind) == Kind && body.Position == BodyPosition);
        Body = await ShownBody.ReadAsync(Api, Source, View, HttpContext.RequestAborted);
        if (Body is null)
        {
            NotFoundStatus.Set(HttpContext);
        }
    }
}
