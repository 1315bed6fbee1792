using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Web.Features.Traces.Bodies;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces;

/// <summary>One request or response body: formatted, as JSON or raw.</summary>
public sealed partial class TraceBodyPage
{
    /// <summary>Maximum characters to read; the download has no limit.</summary>
    private const int Limit = 2_000_000;

    /// <summary>Maximum characters of plain text on the page.</summary>
    private const int TextLimit = 1_000_000;

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

    private string Label => Source is null ? "Body" : BodyLabel.Of(Source.Kind);

    private BodyContent? Content { get; set; }

    private bool CanBeJson { get; set; }

    private MarkupString? Folded { get; set; }

    private string Text { get; set; } = "";

    private BodyForm Form => View switch
    {
        "raw" => BodyForm.Raw,
        "json" when CanBeJson => BodyForm.Json,
        _ => Content is not null ? BodyForm.Formatted : CanBeJson ? BodyForm.Json : BodyForm.Raw,
    };

    /// <summary>A kind in an address: <c>request</c>, <c>membrane-response</c>.</summary>
    internal static string Name(BodyKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var trace = await Api.FindTraceAsync(Id, HttpContext.RequestAborted);
        Bot = trace?.Summary.Bot;
        Source = trace?.Calls.FirstOrDefault(call => call.Position == Position)?.Bodies
            .FirstOrDefault(body => Name(body.Kind) == Kind && body.Position == BodyPosition);
        // A character has at least one byte, so the size in bytes is enough.
        Body = Source is { Url: { } url, SizeBytes: { } size }
            ? await Api.FindBodyAsync(url, (int)Math.Min(Limit, size), HttpContext.RequestAborted)
            : null;
        if (Body is null)
        {
            NotFoundStatus.Set(HttpContext);
            return;
        }

        Read(Body.Text);
    }

    private void Read(string body)
    {
        Content = BodyReader.Read(body);
        try
        {
            using var document = JsonDocument.Parse(LoneSurrogates.Repair(Encoding.UTF8.GetBytes(body)));
            CanBeJson = true;
            if (Form is BodyForm.Json)
            {
                Folded = JsonFold.Write(document.RootElement);
                Text = Folded is null ? Json.Indent(document.RootElement) : "";
            }
        }
        catch (JsonException)
        {
            CanBeJson = false;
        }

        if (Form is BodyForm.Raw)
        {
            Text = View is "raw" ? body : EventText.Indent(body);
        }

        if (Text.Length > TextLimit)
        {
            Text = Text[..TextLimit];
            Body = new ApiBody(Body?.Text ?? "", IsTruncated: true);
        }
    }

    private string? Current(BodyForm form) => form == Form ? "page" : null;
}
