using Platform.Contracts.Activations;
using Platform.Tests.ServiceDefaults.Metrics;

namespace Platform.Tests.Api.Health;

[Collection(SharedPlatformCollection.Name)]
public sealed class UsedMetricsTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfHostsThatWorked_PassPromtool()
    {
        var promtool = ProgramFinder.Find("promtool");
        Assert.SkipWhen(promtool is null, "promtool (Debian package prometheus) is not installed.");
        var platform = await shared.GetAsync(Token);
        platform.Models.Enqueue(ModelReply.Answer("Yes", "."), ModelReply.ServerError());
        var conversation = await platform.ConverseAsync("talker", Token);
        var first = await platform.PostAsync(conversation.Id, "Do you count?", Token);
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(first.ActivationId, Token)).State);
        var second = await platform.PostAsync(conversation.Id, "Failures too?", Token);
        Assert.Equal(ActivationState.Failed, (await platform.EndOfAsync(second.ActivationId, Token)).State);

        var api = await CheckedAsync(promtool, platform.Api);
        var worker = await CheckedAsync(promtool, platform.Worker);

        Assert.Contains("http_server_request_duration_seconds_count", api, StringComparison.Ordinal);
        Assert.Contains("gen_ai_client_operation_duration_seconds_count", worker, StringComparison.Ordinal);
        Assert.Contains("platform_activations_completed", worker, StringComparison.Ordinal);
        Assert.All(
            ["waiting", "running", "deferred", "parked", "oldest_age_seconds"],
            gauge => Assert.Contains($"# TYPE platform_queue_{gauge} gauge", worker, StringComparison.Ordinal));
    }

    private static async Task<string> CheckedAsync(string promtool, HostProcess host)
    {
        var text = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text, Token);
            await using var check = ChildProcess.Start("promtool", "sh", ["-c", "exec \"$0\" check metrics < \"$1\"", promtool, file]);
            await check.WaitForExitAsync(Token);
            Assert.Empty(MetricsEndpointTests.FindingsOfOurs(check.Output));
            return text;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
