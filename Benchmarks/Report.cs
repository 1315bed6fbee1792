using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Benchmarks;

/// <summary>Prints what was measured on which machine, as Markdown.</summary>
internal static class Report
{
    public static void Begin(string title)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim();
        Console.WriteLine($"## {title}\n");
        Console.WriteLine($"- machine: {Environment.ProcessorCount} processors ({cpu}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine($"- command: Benchmarks {string.Join(' ', Environment.GetCommandLineArgs()[1..])}");
        Console.WriteLine($"- load of the machine at the start, over 1, 5 and 15 minutes: {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])}\n");
    }

    /// <summary>Prints the head of a table.</summary>
    public static void Head(params IReadOnlyList<string> columns)
    {
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public static void Row(params IReadOnlyList<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static string Number(double value, int digits = 1) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);
}
