namespace Platform.Tests.Eng;

public sealed class ProjectReferenceTests
{
    private static readonly string[] Hosts = ["Api", "Worker", "Web"];

    /// <summary>Who may reference whom; AppHost and Tests may reference everything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["ServiceDefaults"] = [],
        ["Core"] = ["Contracts"],
        ["Api"] = ["Core", "Contracts", "ServiceDefaults"],
        ["Worker"] = ["Core", "Contracts", "ServiceDefaults"],
        ["Compose"] = [],
        ["Web"] = ["Contracts", "ServiceDefaults"],
    };

    public static TheoryData<string> Projects => [.. ProjectFiles.Application()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfProject_FollowTheLayers(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var references = ProjectFiles.ReferencesOf(project);

        if (Allowed.TryGetValue(name, out var allowed))
        {
            Assert.Empty(references.Except(allowed));
        }
        else if (name is not ("AppHost" or "Tests"))
        {
            Assert.Empty(references.Intersect(Hosts));
        }
    }

    [Fact]
    public void Projects_Found_AreThoseWithRules() => Assert.Superset(Allowed.Keys.ToHashSet(), ProjectFiles.Application().Select(path => Path.GetFileNameWithoutExtension(path)!).ToHashSet());
}
