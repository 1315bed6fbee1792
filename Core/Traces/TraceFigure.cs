using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>A figure of traces that a list is sorted by. Each has an index over tenant, value and id, which serves both directions.</summary>
internal abstract class TraceFigure
{
    private static readonly TraceFigure Duration =
        new TraceFigure<int?>(trace => trace.DurationMs, value => (int)value, value => IsWhole(value, int.MinValue, int.MaxValue), "duration_from");

    private static readonly TraceFigure InputTokens =
        new TraceFigure<long>(trace => trace.TokensIn, value => (long)value, value => IsWhole(value, long.MinValue, long.MaxValue));

    private static readonly TraceFigure OutputTokens =
        new TraceFigure<long>(trace => trace.TokensOut, value => (long)value, value => IsWhole(value, long.MinValue, long.MaxValue));

    private static readonly TraceFigure Cost = new TraceFigure<decimal?>(trace => trace.CostUsd, value => value, _ => true, "cost_from");

    /// <summary>The filter that restricts this figure; null when there is none.</summary>
    public abstract string? Filter { get; }

    /// <summary>The figure that a sort is about.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is about the time.</exception>
    public static TraceFigure Of(TraceSort by) => by switch
    {
        TraceSort.Duration => Duration,
        TraceSort.InputTokens => InputTokens,
        TraceSort.OutputTokens => OutputTokens,
        TraceSort.Cost => Cost,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Not a figure."),
    };

    /// <summary>The figure of a trace; null when it is not known.</summary>
    public abstract decimal? ValueOf(Trace trace);

    /// <summary>Whether its column can hold a value.</summary>
    public abstract bool Has(decimal value);

    /// <summary>Traces of which the figure is known, or those of which it is not.</summary>
    public abstract IQueryable<Trace> Part(IQueryable<Trace> traces, bool isKnown);

    /// <summary>Of the traces of a part those that follow a place in it.</summary>
    public abstract IQueryable<Trace> After(IQueryable<Trace> part, TraceCursor after);

    /// <summary>Sorts a part.</summary>
    public abstract IQueryable<Trace> Sort(IQueryable<Trace> part, bool ascending);

    /// <summary>Reads ids and figures only.</summary>
    public abstract Task<List<TraceRank>> RanksAsync(IQueryable<Trace> traces, CancellationToken cancellationToken);

    private static bool IsWhole(decimal value, long least, long most) => value >= least && value <= most && decimal.IsInteger(value);
}

/// <summary>A trace's place by a figure.</summary>
/// <param name="Id">Of the trace.</param>
/// <param name="Value">Null when it is not known.</param>
internal sealed record TraceRank(Guid Id, decimal? Value);

/// <summary>A figure in a column.</summary>
/// <param name="value">The column.</param>
/// <param name="read">A value of the column's type.</param>
/// <param name="has">Whether the column can hold a value.</param>
/// <param name="filter">The filter that restricts it.</param>
/// <typeparam name="T">The column's type.</typeparam>
internal sealed class TraceFigure<T>(Expression<Func<Trace, T>> value, Func<decimal, T> read, Predicate<decimal> has, string? filter = null) : TraceFigure
{
    private static readonly Expression<Func<Trace, Guid>> Id = trace => trace.Id;

    private readonly Func<Trace, T> _value = value.Compile();

    public override string? Filter => filter;

    public override decimal? ValueOf(Trace trace) => Number(_value(trace));

    public override bool Has(decimal value) => has(value);

    public override IQueryable<Trace> Part(IQueryable<Trace> traces, bool isKnown)
    {
        if (default(T) is not null)
        {
            return isKnown ? traces : traces.Where(trace => false);
        }

        var nothing = Expression.Constant(null, typeof(T));
        return traces.Where(Expression.Lambda<Func<Trace, bool>>(
            isKnown ? Expression.NotEqual(value.Body, nothing) : Expression.Equal(value.Body, nothing), value.Parameters));
    }

    public override IQueryable<Trace> After(IQueryable<Trace> part, TraceCursor after)
    {
        var key = after.Id;
        if (after.Value is not { } number)
        {
            return after.Order.IsAscending ? part.Where(trace => trace.Id > key) : part.Where(trace => trace.Id < key);
        }

        var last = read(number);
        return part.Where(On<bool>(after.Order.IsAscending
            ? (one, id) => EF.Functions.GreaterThan(ValueTuple.Create(one, id), ValueTuple.Create(last, key))
            : (one, id) => EF.Functions.LessThan(ValueTuple.Create(one, id), ValueTuple.Create(last, key))));
    }

    public override IQueryable<Trace> Sort(IQueryable<Trace> part, bool ascending) => ascending
        ? part.OrderBy(value).ThenBy(Id)
        : part.OrderByDescending(value).ThenByDescending(Id);

    public override async Task<List<TraceRank>> RanksAsync(IQueryable<Trace> traces, CancellationToken cancellationToken) =>
        (await traces.Select(On((one, id) => new KeyValuePair<Guid, T>(id, one))).ToListAsync(cancellationToken))
            .ConvertAll(rank => new TraceRank(rank.Key, Number(rank.Value)));

    private static decimal? Number(T value) => value is null ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    /// <summary>Puts the column and the id into an expression.</summary>
    private Expression<Func<Trace, TResult>> On<TResult>(Expression<Func<T, Guid, TResult>> template)
    {
        var trace = value.Parameters[0];
        var id = ReplacingExpressionVisitor.Replace(Id.Parameters[0], trace, Id.Body);
        var body = ReplacingExpressionVisitor.Replace(template.Parameters[0], value.Body, template.Body);
        return Expression.Lambda<Func<Trace, TResult>>(ReplacingExpressionVisitor.Replace(template.Parameters[1], id, body), trace);
    }
}
