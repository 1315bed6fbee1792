namespace Platform.Tests.Infrastructure;

/// <summary>Sample data in the formats of other systems, from Tests/Fixtures/samples.</summary>
public static class Samples
{
    /// <summary>The path of a sample folder; skips the test when it is absent.</summary>
    /// <param name="name">A folder's name, such as <c>chapterx-logs</c>.</param>
    public static string Path(string name)
    {
        var folder = Repository.PathOf("Tests", "Fixtures", "samples", name);
        Assert.SkipUnless(Directory.Exists(folder), $"The sample folder Tests/Fixtures/samples/{name} is not here.");
        return folder;
    }
}
