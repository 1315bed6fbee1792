using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Traces;
using Platform.Web.Components;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Traces.Compare;

/// <summary>Compares two traces: metrics, and texts line by line.</summary>
public sealed partial class ComparePage
{
    private const int DefaultContext = 3;

    /// <summary>Unchanged lines around each change in the expanded view.</summary>
    private const int MoreContext = 100;

    [SupplyParameterFromQuery]
    private string? A { get; set; }

    [SupplyParameterFromQuery]
    private string? B { get; set; }

    [SupplyParameterFromQuery(Name = "context")]
    private string? ContextLines { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private TraceDiffResponse? Diff { get; set; }

    /// <summary>Bots for their display names.</summary>
    private IReadOnlyList<BotResponse> Bots { get; set; } = [];

    private string? Problem { get; set; }

    private int Context => QueryNumber.Read(ContextLines) ?? DefaultContext;

    private string Here => HttpContext.Request.Path + HttpContext.Request.QueryString;

    private string Swapped => Address(B, A, Context);

    private string More => Address(A, B, MoreContext);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (string.IsNullOrWhiteSpace(A) || string.IsNullOrWhiteSpace(B))
        {
            return;
        }

        var compared = Api.CompareTracesAsync(A.Trim(), B.Trim(), Context, HttpContext.RequestAborted);
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(compared, bots);
        (Diff, Problem) = ((await compared).Value, (await compared).Problem);
        Bots = (await bots).Bots;
        if (Diff is null)
        {
            NotFoundStatus.Set(HttpContext);
        }
    }

    private static string Address(string? a, string? b, int context) =>
        $"/traces/compare{QueryString.Create([new("a", a), new("b", b), .. context == DefaultContext ? Array.Empty<KeyValuePair<string, string?>>() : [new("context", $"{context}")]])}";

    private static string Id(DiffSection section) => section.Kind.ToString().ToLowerInvariant();

    private static string Count(DiffSection section) => (section.Added, section.Removed) is (0, 0)
        ? "identical"
        : $"−{Format.Number(section.Removed)} +{Format.Number(section.Added)}";
}
