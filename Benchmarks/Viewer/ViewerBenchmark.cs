using System.CommandLine;
using System.Diagnostics;

namespace Platform.Benchmarks.Viewer;

/// <summary>The viewer's API over the same logs folder, ours and ChapterX's own server side by side.</summary>
internal static class ViewerBenchmark
{
    private const int Seed = 1;
    private const int WarmUp = 3;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many traces.", DefaultValueFactory = _ => 20_000 };
        var requests = new Option<int>("--requests") { Description = "How many requests of each kind to each server.", DefaultValueFactory = _ => 40 };
        var folder = new Option<string?>("--folder") { Description = "Folder for the synthetic traces. They are kept there and used again; created if missing. Default: a temporary folder." };
        var peer = new Option<string?>("--chapterx") { Description = "ChapterX's tools/trace-server.ts, bundled into one script for node; without it only ours is measured." };
        var command = new Command("viewer", "The trace viewer's requests and memory, beside ChapterX's own server over the same folder.") { count, requests, folder, peer };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(count), parsed.GetValue(requests), parsed.GetValue(folder), parsed.GetValue(peer), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int requests, string? keep, string? peerScript, CancellationToken cancellationToken)
    {
        Report.Begin("Trace viewer");
        var folder = keep ?? Path.Combine(Reaper.Folder, "viewer-benchmark");
        if (!Directory.Exists(Path.Combine(folder, "traces")))
        {
            new LogFolder(folder, Seed).Write(count);
        }

        await using var platform = await BenchmarkPlatform.StartAsync(workerCount: 0, withApi: true, cancellationToken);
        await platform.ImportAsync(folder, cancellationToken);
        var ours = new ViewerServer("ours", platform.Api, platform.Processes.Single(process => process.Name == "Api").Id);
        await using var peer = peerScript is null ? null : await ViewerPeer.StartAsync(peerScript, folder, cancellationToken);
        ViewerServer[] servers = peer is null ? [ours] : [ours, peer.Server];
        if (peer is not null)
        {
            Console.WriteLine($"ChapterX's server gave its first answer {Report.Number(peer.FirstAnswer.TotalSeconds)} s after its start: it reads the index then.\n");
        }

        await MeasureAsync(servers, ViewerRequests.From(folder), requests, cancellationToken);
        Console.WriteLine();
        Report.Head([.. servers.Select(server => $"{server.Name}: peak memory, MiB")]);
        Report.Row([.. servers.Select(server => Report.Number(ProcessCost.PeakMiB(server.ProcessId), 0))]);
        Console.WriteLine("\nOurs is the Api alone; Postgres has the traces, with 256 MB of shared buffers.");
    }

    private static async Task MeasureAsync(
        ViewerServer[] servers, ViewerRequests from, int requests, CancellationToken cancellationToken)
    {
        Report.Head(["request", .. servers.SelectMany(server => (string[])[$"{server.Name}: p50, ms", $"{server.Name}: p95, ms"])]);
        foreach (var (name, address) in from.All)
        {
            var times = servers.ToDictionary(server => server, _ => new List<double>());
            for (var number = -WarmUp; number < requests; number++)
            {
                foreach (var server in servers)
                {
                    var start = Stopwatch.GetTimestamp();
                    await server.Client.GetByteArrayAsync(new Uri(address(number + WarmUp), UriKind.Relative), cancellationToken);
                    if (number >= 0)
                    {
                        times[server].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }
                }
            }

            Report.Row([name, .. servers.SelectMany(server => (string[])[Report.Number(Percentiles.Median(times[server])), Report.Number(Percentiles.Of(times[server], 95))])]);
        }
    }
}
