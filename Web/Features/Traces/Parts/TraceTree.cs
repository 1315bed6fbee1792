using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>The parts of a trace as a tree, on one time axis: the activation with queue, decision, context, model calls, tool calls, deliveries and log.</summary>
public sealed class TraceTree
{
    private TraceTree(TraceNode root)
    {
        var interval = root.Interval;
        (Root, FromMs) = (root, Math.Min(0, interval?.FromMs ?? 0));
        ToMs = Math.Max(FromMs + 1, interval?.ToMs ?? 0);
    }

    /// <summary>The activation, which contains everything else.</summary>
    public TraceNode Root { get; }

    /// <summary>Start of the time axis in milliseconds since the activation started; 0 or less.</summary>
    public double FromMs { get; }

    /// <summary>End of the time axis in milliseconds.</summary>
    public double ToMs { get; }

    /// <summary>All rows from top to bottom.</summary>
    public IEnumerable<TraceNode> All => Root.All;

    /// <summary>The steps with a time, from top to bottom, without the activation itself.</summary>
    public IEnumerable<TraceNode> Steps => All.Skip(1).Where(node => node.IsTimed);

    /// <summary>Builds the tree of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="document">Its document; null when it cannot be read.</param>
    /// <param name="selected">The selected part: of long lists, the rows around it are in the tree.</param>
    public static TraceTree Of(TraceDetail trace, TraceDocument? document, PartAddress selected) => new(new TreeBuilder(trace, document, selected).Build());

    /// <summary>The row of a part, or of the part that contains it.</summary>
    public TraceNode Find(PartAddress part)
    {
        for (var address = part; ; address = address.Parent)
        {
            if (All.FirstOrDefault(node => node.Part == address && node.Kind is not ("more" or "round")) is { } found)
            {
                return found;
            }

            if (address == address.Parent)
            {
                return Root;
            }
        }
    }
}
