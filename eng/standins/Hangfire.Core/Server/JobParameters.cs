namespace Hangfire.Server;

/// <summary>Parameters of a job's method that the server fills in.</summary>
internal static class JobParameters
{
    public static bool IsGivenAtRunTime(Type parameter) =>
        parameter == typeof(CancellationToken) || parameter == typeof(IJobCancellationToken) || parameter == typeof(PerformContext);

    public static object ValueOf(Type parameter, PerformContext context) =>
        parameter == typeof(CancellationToken) ? context.CancellationToken.ShutdownToken
        : parameter == typeof(IJobCancellationToken) ? context.CancellationToken
        : context;
}
