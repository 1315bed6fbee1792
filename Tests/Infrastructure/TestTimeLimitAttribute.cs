using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace Platform.Tests.Infrastructure;

/// <summary>
/// Cancels a test after five minutes, so that what never comes fails the test that waits for it by name, instead of holding up the whole run.
/// The suites that kill and deploy have limits of their own.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] Unlimited = ["AppHost", "Chaos", "Deployment", "DeploymentLong"];

    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (test.Traits.TryGetValue("Category", out var categories) && categories.Any(Unlimited.Contains))
        {
            return;
        }

        var context = TestContext.Current;
        _running[test.UniqueID] = new Timer(_ => Cancel(context), null, Limit, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer))
        {
            timer.Dispose();
        }
    }

    private static void Cancel(ITestContext context)
    {
        context.TestOutputHelper?.WriteLine($"Cancelled: the test ran for {Limit.TotalMinutes:0} minutes.");
        context.CancelCurrentTest();
    }
}
