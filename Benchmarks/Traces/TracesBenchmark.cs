using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Core.Retention;
using Platform.Core.Storage;

namespace Platform.Benchmarks.Traces;

/// <summary>How quickly one trace is found among many, over the Api; how much room they take; how long a day takes to go.</summary>
internal static class TracesBenchmark
{
    private const int Seed = 1;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many traces.", DefaultValueFactory = _ => 1_000_000 };
        var requests = new Option<int>("--requests") { Description = "How many requests of each kind.", DefaultValueFactory = _ => 60 };
        var command = new Command("traces", "List, filters, search and opening among many synthetic traces, their size, and retention of a day.") { count, requests };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(count), parsed.GetValue(requests), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int requests, CancellationToken cancellationToken)
    {
        Report.Begin("Finding traces");
        await using var platform = await BenchmarkPlatform.StartAsync(workerCount: 0, withApi: true, cancellationToken);
        var traces = new SyntheticTraces(Seed, TimeProvider.System.GetUtcNow());
        var watch = Stopwatch.StartNew();
        await traces.StoreAsync(platform.Database, count, cancellationToken);
        Console.WriteLine($"{count} synthetic traces (seed {Seed}) stored in {Report.Number(watch.Elapsed.TotalSeconds)} s.\n");

        await MeasureAsync(platform, traces, requests, cancellationToken);
        await PrintSizesAsync(platform, count, cancellationToken);
        await MeasureRetentionAsync(platform, cancellationToken);
    }

    private static async Task MeasureAsync(BenchmarkPlatform platform, SyntheticTraces traces, int requests, CancellationToken cancellationToken)
    {
        Report.Head("request, ms", "p50", "p95", "longest", "found in the median");
        foreach (var (name, address) in TraceRequests.All(traces))
        {
            var random = new Random(Seed);
            List<double> times = [];
            List<double> found = [];
            for (var number = -3; number < requests; number++)
            {
                var url = await address(platform, random, cancellationToken);
                var start = Stopwatch.GetTimestamp();
                var body = await platform.Api.GetByteArrayAsync(new Uri(url, UriKind.Relative), cancellationToken);
                var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (number >= 0)
                {
                    times.Add(elapsed);
                    found.Add(Found(body));
                }
            }

            Report.Row(
                name,
                Report.Number(Percentiles.Median(times)),
                Report.Number(Percentiles.Of(times, 95)),
                Report.Number(times.Max()),
                Report.Number(Percentiles.Median(found), 0));
        }
    }

    private static double Found(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var list in (string[])["traces", "results"])
        {
            if (document.RootElement.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
            {
                return items.GetArrayLength();
            }
        }

        return 1;
    }

    private static async Task PrintSizesAsync(BenchmarkPlatform platform, int count, CancellationToken cancellationToken)
    {
        Console.WriteLine();
        Report.Head("size", "bytes a trace, indexes included");
        foreach (var table in (string[])["traces", "trace_messages", "llm_calls", "trace_documents"])
        {
            var bytes = await platform.ScalarAsync<decimal>(
                $"select sum(pg_total_relation_size(relid)) from (select relid from pg_partition_tree('{table}') union select '{table}'::regclass) parts", cancellationToken);
            Report.Row(table, Report.Number((double)bytes / count, 0));
        }
    }

    private static async Task MeasureRetentionAsync(BenchmarkPlatform platform, CancellationToken cancellationToken)
    {
        Console.WriteLine();
        Report.Head("retention", "traces of the day", "seconds");
        var partitions = new DayPartitions(platform.Database);
        var retention = new TraceRetention(platform.Database, partitions, Options.Create(new RetentionOptions()), TimeProvider.System);
        var days = await partitions.OlderThanAsync(DayPartitions.Documents, TimeSpan.FromDays(20), cancellationToken);
        foreach (var day in days.Skip(2).Take(5))
        {
            var watch = Stopwatch.StartNew();
            var dropped = await retention.DropAsync(day, RetentionCause.Age, cancellationToken);
            Report.Row(
                day.Day.ToString("O", CultureInfo.InvariantCulture), Report.Number(dropped.Rows, 0), Report.Number(watch.Elapsed.TotalSeconds, 2));
        }
    }
}
