namespace Aspire.Hosting.Running;

/// <summary>Merges what all processes say into one log: a line each, with the resource's name before it.</summary>
internal sealed class RunLog(IEnumerable<string> names)
{
    private static readonly int[] Colours = [36, 33, 32, 35, 34, 96, 93, 92];

    private readonly List<string> _names = [.. names];
    private readonly bool _coloured = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;

    private int Width => _names.Count == 0 ? 0 : _names.Max(name => name.Length);

    /// <summary>A line that a resource has written.</summary>
    public void Write(string name, string line)
    {
        var prefix = $"{name.PadRight(Width)} |";
        Console.WriteLine(_coloured ? $"\e[{Colours[Math.Max(0, _names.IndexOf(name)) % Colours.Length]}m{prefix}\e[0m {line}" : $"{prefix} {line}");
    }

    /// <summary>A line of the AppHost's own.</summary>
    public static void Say(string line) => Console.WriteLine(line);
}
