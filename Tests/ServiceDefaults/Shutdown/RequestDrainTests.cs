using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults;

namespace Platform.Tests.ServiceDefaults.Shutdown;

public class RequestDrainTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_RequestRunning_FinishesItWhileReadySaysNo()
    {
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/slow", async () =>
        {
            entered.SetResult();
            await gate.Task;
            return "whole";
        }));
        var running = host.Client.GetStringAsync(new Uri("/slow", UriKind.Relative), Token);
        await entered.Task;

        var stopping = host.App.StopAsync(Token);

        await Eventually.TrueAsync(async _ => await StatusAsync(host, "/ready") == HttpStatusCode.ServiceUnavailable, Deadline, "/ready says no");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/alive"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, "/slow"));
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        Assert.Equal("whole", await running);
        await stopping;
    }

    [Fact]
    public async Task Stop_StreamThatFollowsTheLifetime_EndsAtOnce()
    {
        var entered = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/stream", async (IHostApplicationLifetime lifetime) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return "end";
        }));
        var running = host.Client.GetStringAsync(new Uri("/stream", UriKind.Relative), Token);
        await entered.Task;

        await host.App.StopAsync(Token).WaitAsync(Deadline, Token);

        Assert.Equal("end", await running);
    }

    [Fact]
    public async Task Stop_RequestNeverEnds_GivesUpWithinTheTimeoutAndSaysSo()
    {
        var entered = new TaskCompletionSource();
        await using var host = await DefaultsHost.StartAsync(
            map: app => app.MapGet("/stuck", () =>
            {
                entered.SetResult();
                return new TaskCompletionSource<string>().Task;
            }),
            settings: new Dictionary<string, string?> { ["SHUTDOWN_TIMEOUT"] = "1s" });
        var running = host.Client.GetStringAsync(new Uri("/stuck", UriKind.Relative), Token);
        await entered.Task;

        await host.App.StopAsync(Token).WaitAsync(Deadline, Token);

        Assert.Contains(host.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.Contains("aborted", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
    }

    [Fact]
    public void ShutdownTimeout_Default_Is30Seconds()
    {
        var builder = DefaultsHost.Builder();
        builder.AddServiceDefaults("test");
        using var app = builder.Build();

        Assert.Equal(TimeSpan.FromSeconds(30), app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    private static async Task<HttpStatusCode> StatusAsync(DefaultsHost host, string path)
    {
        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return response.StatusCode;
    }
}
