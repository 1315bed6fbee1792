using System.Linq.Expressions;
using System.Text;
using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>Which traces a list shows: the values of <see cref="TraceFilterField.All"/>, read, each with its SQL.</summary>
public sealed class TraceFilter
{
    /// <summary>Longest <see cref="Text"/>, in UTF-16 units.</summary>
    public const int MaxTextLength = 500;

    // A trace of unknown cost or duration is not at least anything.
    private static readonly Dictionary<string, Func<object, Expression<Func<Trace, bool>>>> Conditions = new(StringComparer.Ordinal)
    {
        ["bot"] = value => IsBot((string)value),
        ["channel"] = Where<string>(channel => trace => trace.ChannelId == channel),
        ["outcome"] = Where<TraceOutcome>(outcome => trace => trace.Outcome == outcome),
        ["silent_reason"] = Where<string>(reason => trace => trace.SilentReason == reason),
        ["model"] = value => IsModel((string)value),
        ["cost_from"] = Where<decimal>(cost => trace => trace.CostUsd >= cost),
        ["duration_from"] = Where<int>(duration => trace => trace.DurationMs >= duration),
        ["from"] = Where<DateTimeOffset>(from => trace => trace.StartedAt >= from),
        ["to"] = Where<DateTimeOffset>(to => trace => trace.StartedAt < to),
    };

    private readonly List<Expression<Func<Trace, bool>>> _conditions = [];

    /// <summary>A message id, a Discord link, a trace id, or words of previews, participants, error, model or channel name; null for everything.</summary>
    public string? Text { get; private init; }

    /// <summary>Reads a filter as people and addresses write it.</summary>
    /// <param name="valueOf">What is written for the name of a field. Null and empty do not restrict.</param>
    /// <param name="now">What "ago" counts from.</param>
    /// <param name="problem">What cannot be read, and how to write it; null when all can.</param>
    /// <returns>Null when something cannot be read.</returns>
    public static TraceFilter? Parse(Func<string, string?> valueOf, DateTimeOffset now, out TraceFilterProblem? problem)
    {
        var text = valueOf(TraceFilterField.Search);
        var filter = new TraceFilter { Text = string.IsNullOrWhiteSpace(text) ? null : text };
        foreach (var field in TraceFilterField.All.Where(field => field.Kind != TraceFilterKind.Search))
        {
            if (valueOf(field.Name) is not { } written || string.IsNullOrWhiteSpace(written))
            {
                continue;
            }

            if (TraceFilterValue.Read(field.Kind, written, now) is not { } value)
            {
                problem = new TraceFilterProblem(field.Name, TraceFilterValue.Problem(field));
                return null;
            }

            filter._conditions.Add(Conditions[field.Name](value));
        }

        problem = text?.Length > MaxTextLength
            ? new TraceFilterProblem(TraceFilterField.Search, $"{TraceFilterField.Search} has {text.Length} characters; at most {MaxTextLength} are allowed.")
            : null;
        return problem is null ? filter : null;
    }

    /// <summary>Selects a bot by its name, in whichever Unicode form it was written. A name without accents has one form, and its index keeps the order.</summary>
    internal static Expression<Func<Trace, bool>> IsBot(string bot) => Ascii.IsValid(bot)
        ? trace => trace.Bot == bot
        : trace => trace.Bot == bot || trace.Bot == TraceWords.Spelling(bot, "nfc") || trace.Bot == TraceWords.Spelling(bot, "nfd")
            || trace.Bot == TraceWords.Spelling(bot, "nfkc");

    private static Expression<Func<Trace, bool>> IsModel(string model) => Ascii.IsValid(model)
        ? trace => trace.Model == model
        : trace => trace.Model == model || trace.Model == TraceWords.Spelling(model, "nfc") || trace.Model == TraceWords.Spelling(model, "nfd")
            || trace.Model == TraceWords.Spelling(model, "nfkc");

    /// <summary>Selects by everything but <see cref="Text"/>.</summary>
    internal IQueryable<Trace> Narrow(IQueryable<Trace> traces) => _conditions.Aggregate(traces, (narrowed, condition) => narrowed.Where(condition));

    private static Func<object, Expression<Func<Trace, bool>>> Where<T>(Func<T, Expression<Func<Trace, bool>>> condition) => value => condition((T)value);
}

/// <summary>A filter that cannot be read.</summary>
/// <param name="Field">Its name in the query string.</param>
/// <param name="Message">What to write instead.</param>
public sealed record TraceFilterProblem(string Field, string Message);
