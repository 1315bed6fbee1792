using System.Reflection;

namespace Hangfire.Common;

/// <summary>The attribute of a job: the method's, else that of its class.</summary>
internal static class JobFilters
{
    public static T? Of<T>(Job job)
        where T : JobFilterAttribute =>
        job.Method.GetCustomAttribute<T>() ?? job.Type.GetCustomAttribute<T>();
}
