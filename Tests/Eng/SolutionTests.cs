using System.Text.RegularExpressions;

namespace Platform.Tests.Eng;

public sealed partial class SolutionTests
{
    private static readonly string[] Projects =
        [.. ProjectLine().Matches(File.ReadAllText(Repository.PathOf("Platform.sln"))).Select(match => match.Groups["path"].Value.Replace('\\', '/'))];

    [Fact]
    public void Solution_Read_ListsEveryApplicationProject() =>
        Assert.Equal(ProjectFiles.Application().Order(StringComparer.Ordinal), Projects.Order(StringComparer.Ordinal));

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
