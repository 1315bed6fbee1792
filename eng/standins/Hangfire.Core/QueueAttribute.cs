using System.Globalization;
using Hangfire.Common;

namespace Hangfire;

/// <summary>The queue of a job. <c>{0}</c> in its name stands for the job's first argument, and so on.</summary>
public sealed class QueueAttribute : JobFilterAttribute
{
    public QueueAttribute(string queue)
    {
        Queue = queue;
        Order = int.MaxValue;
    }

    public string Queue { get; }

    internal string QueueOf(Job job) => string.Format(CultureInfo.InvariantCulture, Queue, [.. job.Args]);
}
