using System.CommandLine;
using Platform.Benchmarks.Traces;
using Platform.Benchmarks.Viewer;

namespace Platform.Benchmarks;

/// <summary>What can be measured. Each verb starts servers of its own and prints a Markdown table; none judges.</summary>
internal static class BenchmarkCommands
{
    private const int BadUsage = 2;

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures the platform with real processes: dotnet build Platform.sln -c Release, then dotnet run -c Release --no-build --project Benchmarks -- BENCHMARK.")
        {
            IdleBenchmark.Create(),
            PickupBenchmark.Create(),
            TakeoverBenchmark.Create(),
            JobsBenchmark.Create(),
            NoopBenchmark.Create(),
            SoakBenchmark.Create(),
            ImportBenchmark.Create(),
            TracesBenchmark.Create(),
            ViewerBenchmark.Create(),
        };
        root.SetAction(async (_, _) =>
        {
            await Console.Error.WriteLineAsync($"Which benchmark? One of {string.Join(", ", root.Subcommands.Select(command => command.Name))}. See --help.");
            return BadUsage;
        });
        return root.Parse(args).InvokeAsync();
    }
}
