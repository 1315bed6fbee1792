namespace Platform.Tests.Deployment;

/// <summary>What was measured on the way; <c>./test deployment</c> prints it at its end.</summary>
internal static class DeploymentFigures
{
    private static readonly string Path = Repository.PathOf("artifacts", "test-results", "deployment-figures.txt");

    /// <summary>Adds a line, which is also part of the test's own output.</summary>
    public static void Add(FormattableString line)
    {
        var text = FormattableString.Invariant(line);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path) ?? ".");
        File.AppendAllText(Path, text + Environment.NewLine);
    }
}
