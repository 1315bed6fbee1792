using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>A profile of a project's Properties/launchSettings.json.</summary>
internal sealed partial record LaunchProfile(
    string Name, IReadOnlyList<string> Urls, IReadOnlyDictionary<string, string> EnvironmentVariables, IReadOnlyList<string> Args) : IResourceAnnotation
{
    /// <exception cref="DistributedApplicationException">There is no profile of this name.</exception>
    public static LaunchProfile Read(string projectPath, string name) =>
        ReadAll(projectPath).FirstOrDefault(profile => profile.Name == name)
        ?? throw new DistributedApplicationException($"{projectPath} has no launch profile '{name}'.");

    /// <summary>The profile of this name if there is one, else the first that starts the project, else null.</summary>
    public static LaunchProfile? ReadDefault(string projectPath, string? preferred)
    {
        var profiles = ReadAll(projectPath);
        return profiles.FirstOrDefault(profile => profile.Name == preferred) ?? profiles.FirstOrDefault();
    }

    private static List<LaunchProfile> ReadAll(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath) ?? "/", "Properties", "launchSettings.json");
        if (!File.Exists(file))
        {
            return [];
        }

        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var profiles = JsonNode.Parse(File.ReadAllText(file), documentOptions: options)?["profiles"] as JsonObject ?? [];
        return [.. profiles.Where(entry => entry.Value?["commandName"]?.GetValue<string>() == "Project").Select(entry => Parse(entry.Key, entry.Value))];
    }

    private static LaunchProfile Parse(string name, JsonNode? profile)
    {
        var variables = profile?["environmentVariables"] as JsonObject ?? [];
        return new LaunchProfile(
            name,
            Text("applicationUrl").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            variables.ToDictionary(variable => variable.Key, variable => variable.Value?.GetValue<string>() ?? string.Empty),
            [.. Words().Matches(Text("commandLineArgs")).Select(word => word.Value.Trim('"'))]);

        string Text(string key) => profile?[key]?.GetValue<string>() ?? string.Empty;
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();
}
