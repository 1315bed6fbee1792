namespace Platform.Tests.Golden;

/// <summary>
/// Files in this folder that record what the outside relies on: names, tables, routes, answers. A test fails when the code produces something else.
/// To accept a wanted change, run the tests with <c>PLATFORM_ACCEPT_GOLDEN=1</c>, which writes the files, and commit them.
/// </summary>
internal static class GoldenFile
{
    private const string AcceptVariable = "PLATFORM_ACCEPT_GOLDEN";
    private const int MaxLines = 40;
    private const int MaxWidth = 300;

    /// <summary>Compares with a file, or writes it when changes are accepted.</summary>
    /// <param name="name">A file in Tests/Golden, such as <c>metrics.txt</c>.</param>
    /// <param name="actual">What the code produces now.</param>
    public static void Check(string name, string actual)
    {
        var file = Repository.PathOf("Tests", "Golden", name);
        var text = actual.TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(file, text);
            return;
        }

        var recorded = File.Exists(file) ? File.ReadAllText(file) : "";
        if (recorded != text)
        {
            Assert.Fail(
                $"Tests/Golden/{name} differs (- recorded, + now):\n{Difference(recorded.Split('\n'), text.Split('\n'))}\n"
                + $"If the change is wanted, run this test with {AcceptVariable}=1 and commit the file.");
        }
    }

    /// <summary>Compares a list, one entry a line; order does not matter.</summary>
    public static void CheckSet(string name, IEnumerable<string> actual) =>
        Check(name, string.Join('\n', actual.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    private static string Difference(string[] recorded, string[] now)
    {
        List<string> lines = [.. Surplus(recorded, now, '-'), .. Surplus(now, recorded, '+')];
        if (lines.Count == 0)
        {
            var first = recorded.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
            lines = ["the same lines in another order, from line " + (first + 1), $"- {recorded[first]}", $"+ {now[first]}"];
        }

        return string.Join('\n', lines.Count <= MaxLines ? lines : [.. lines.Take(MaxLines), $"… and {lines.Count - MaxLines} more lines"]);
    }

    /// <summary>The lines that one text has more often than the other.</summary>
    private static IEnumerable<string> Surplus(string[] lines, string[] others, char sign)
    {
        var left = others.CountBy(line => line).ToDictionary();
        for (var index = 0; index < lines.Length; index++)
        {
            var count = left.GetValueOrDefault(lines[index]);
            left[lines[index]] = count - 1;
            if (count <= 0)
            {
                yield return $"{sign} {index + 1}: {(lines[index].Length <= MaxWidth ? lines[index] : lines[index][..MaxWidth] + "…")}";
            }
        }
    }
}
