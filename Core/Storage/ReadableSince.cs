using System.Text.RegularExpressions;

namespace Platform.Core.Storage;

/// <summary>The oldest version of the platform that can read the schema of these migrations, from the first line of each.</summary>
public static partial class ReadableSince
{
    /// <summary>The newest version that one of the migrations names.</summary>
    public static Version OfAll { get; } = typeof(ReadableSince).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Select(Of).Max() ?? throw new InvalidOperationException("There are no migrations.");

    /// <summary>The version that a migration names.</summary>
    /// <param name="resource">Name of its file.</param>
    internal static Version Of(string resource)
    {
        using var stream = typeof(ReadableSince).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is listed but missing.");
        using var reader = new StreamReader(stream);
        var first = reader.ReadLine() ?? "";
        return Line.Match(first) is { Success: true } match
            ? Version.Parse(match.Groups[1].Value)
            : throw new InvalidOperationException($"The first line of {resource} must state the version since which the schema is readable: '-- readable-since: 0.1.0'.");
    }

    [GeneratedRegex(@"^-- readable-since: (\d+\.\d+\.\d+)$")]
    private static partial Regex Line { get; }
}
