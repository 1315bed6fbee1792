using System.CommandLine;
using System.Diagnostics;
using Platform.Benchmarks.Traces;

namespace Platform.Benchmarks.Pages;

/// <summary>How soon pages of Web begin to arrive among many traces: time to first byte over HTTP, through Web and Api.</summary>
internal static class PagesBenchmark
{
    private const int Seed = 1;
    private const int WarmUp = 5;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many traces.", DefaultValueFactory = _ => 1_000_000 };
        var requests = new Option<int>("--requests") { Description = "How many requests of each page.", DefaultValueFactory = _ => 100 };
        var command = new Command("pages", "Time to first byte of the dashboard's pages among many synthetic traces.") { count, requests };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(count), parsed.GetValue(requests), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int requests, CancellationToken cancellationToken)
    {
        Report.Begin("Pages");
        await using var platform = await BenchmarkPlatform.StartAsync(workerCount: 0, withApi: true, cancellationToken);
        var traces = new SyntheticTraces(Seed, TimeProvider.System.GetUtcNow());
        var watch = Stopwatch.StartNew();
        await traces.StoreAsync(platform.Database, count, cancellationToken);
        Console.WriteLine($"{count} synthetic traces (seed {Seed}) stored in {Report.Number(watch.Elapsed.TotalSeconds)} s.\n");
        await platform.AddWebAsync(cancellationToken);

        // In turns, so that whatever else the machine does meets every page alike.
        var pages = await new PageRequests(platform, traces).AllAsync(cancellationToken);
        var times = pages.Select(_ => new PageTimes()).ToArray();
        var random = new Random(Seed);
        for (var turn = -WarmUp; turn < requests; turn++)
        {
            for (var page = 0; page < pages.Count; page++)
            {
                var address = await pages[page].Next(random);
                await times[page].MeasureAsync(platform.Web, address, turn >= 0, cancellationToken);
            }
        }

        Report.Head("page", "first byte: p50, ms", "p95", "longest", "whole page: p95, ms", "KiB, compressed");
        foreach (var (page, index) in pages.Select((page, index) => (page, index)))
        {
            times[index].Print(page.Name);
        }
    }
}
