using System.CommandLine;
using Platform.Benchmarks.Traces;
using Platform.Benchmarks.Viewer;

namespace Platform.Benchmarks;

/// <summary>What can be measured. Each verb starts servers of its own and prints a Markdown table; none judges.</summary>
internal static class BenchmarkCommands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures the platform with real processes: dotnet build Platform.sln -c Release, then dotnet run -c Release --no-build --project Benchmarks -- VERB.")
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
        return root.Parse(args).InvokeAsync();
    }
}
