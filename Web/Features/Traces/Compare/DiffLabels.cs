using System.Globalization;
using Platform.Contracts.Traces;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces.Compare;

/// <summary>Labels and values of a comparison.</summary>
internal static class DiffLabels
{
    /// <summary>Label of a metric.</summary>
    public static string Name(DiffFigure figure) => figure.Name switch
    {
        "duration" => "Duration",
        "time_to_first_token" => "Time to first token",
        "model_time" => "Duration of model calls",
        "cost" => "Cost",
        "tokens_in" => "Input tokens",
        "tokens_out" => "Output tokens",
        "cache_read_tokens" => "Cache read tokens",
        "cache_write_tokens" => "Cache write tokens",
        "reasoning_tokens" => "Reasoning tokens",
        "calls" => "Model calls",
        "tools" => "Tool calls",
        "context_messages" => "Context messages",
        "context_tokens" => "Context tokens (estimate)",
        var other => Format.Words(other),
    };

    /// <summary>Label of a section.</summary>
    public static string Section(DiffSectionKind kind) => kind switch
    {
        DiffSectionKind.Decision => "Decision and outcome",
        DiffSectionKind.Settings => "Configuration",
        DiffSectionKind.Context => "Context",
        DiffSectionKind.Request => "Request",
        DiffSectionKind.Prompt => "Prompt",
        DiffSectionKind.Tools => "Tools",
        DiffSectionKind.Answer => "Answer",
        _ => Format.Words(kind),
    };

    /// <summary>A metric's value with its unit.</summary>
    public static string Of(DiffFigure figure, decimal? value) => figure.Unit switch
    {
        "ms" => Format.Duration((long?)value),
        "usd" => Format.Cost(value),
        _ => Format.Number((long?)value),
    };

    /// <summary>Difference between B and A, absolute and in percent of A.</summary>
    public static string Difference(DiffFigure figure)
    {
        if (figure is not { A: { } a, B: { } b })
        {
            return Format.Unknown;
        }

        if (a == b)
        {
            return "=";
        }

        var share = a == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(b - a) / a * 100:+#,0;−#,0;0}%)");
        return $"{(b > a ? "+" : "−")}{Of(figure, Math.Abs(b - a))}{share}";
    }
}
