using Platform.Contracts.Traces;
using Platform.Web.Instruments;

namespace Platform.Web.Features.Traces.Compare;

/// <summary>Comparisons as people read them.</summary>
internal static class FigureText
{
    /// <summary>What a figure is called.</summary>
    public static string Name(DiffFigure figure) => figure.Name switch
    {
        "duration" => "Took",
        "time_to_first_token" => "Time to the first token",
        "model_time" => "Time in models",
        "cost" => "Cost",
        "tokens_in" => "Tokens read",
        "tokens_out" => "Tokens written",
        "cache_read_tokens" => "Tokens read from cache",
        "cache_write_tokens" => "Tokens written to cache",
        "reasoning_tokens" => "Tokens of thinking",
        "calls" => "Model calls",
        "tools" => "Tool runs",
        "context_messages" => "Messages in the context",
        "context_tokens" => "Context, about tokens",
        var other => Quantity.Words(other),
    };

    /// <summary>What a section is called.</summary>
    public static string Section(DiffSectionKind kind) => kind switch
    {
        DiffSectionKind.Decision => "Decision and outcome",
        DiffSectionKind.Settings => "Settings",
        DiffSectionKind.Context => "Context",
        DiffSectionKind.Request => "Request",
        DiffSectionKind.Prompt => "Prompt",
        DiffSectionKind.Tools => "Tools",
        DiffSectionKind.Answer => "Answer",
        _ => Quantity.Words(kind),
    };

    /// <summary>A figure's value with its unit.</summary>
    public static string Of(DiffFigure figure, decimal? value) => figure.Unit switch
    {
        "ms" => Quantity.Duration((long?)value),
        "usd" => Quantity.Money(value),
        _ => Quantity.Count((long?)value),
    };

    /// <summary>How much more the second has, with its share of the first.</summary>
    public static string Difference(DiffFigure figure)
    {
        if (figure is not { A: { } a, B: { } b })
        {
            return Quantity.Unknown;
        }

        if (a == b)
        {
            return "=";
        }

        var share = a == 0 ? "" : $" ({(b - a) / a * 100:+0;−0;0} %)";
        return $"{(b > a ? "+" : "−")}{Of(figure, Math.Abs(b - a))}{share}";
    }
}
