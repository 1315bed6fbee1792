using Microsoft.Extensions.Configuration;

namespace Platform.Core.Yaml;

/// <summary>The folder of <c>shared.yaml</c> and <c>bots/</c>.</summary>
public static class ConfigFolder
{
    /// <summary>The folder of the bots' files in it.</summary>
    public const string Bots = "bots";

    /// <summary>The file that all bots share, in it.</summary>
    public const string SharedFile = "shared.yaml";

    /// <summary>The guides' name of the setting; it wins.</summary>
    public const string Alias = "CONFIG_PATH";

    private const string Setting = "Bots:ConfigFolder";
    private const string Default = "config";

    /// <summary>Finds the folder that the settings mean.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="contentRoot">Where the search for a relative path begins; it goes on in the folders above.</param>
    /// <returns>A full path; the folder need not exist.</returns>
    public static string Locate(IConfiguration configuration, string contentRoot)
    {
        var named = configuration[Alias] ?? configuration[Setting];
        var path = string.IsNullOrWhiteSpace(named) ? Default : named.Trim();
        for (var start = new DirectoryInfo(contentRoot); start is not null && !Path.IsPathRooted(path); start = start.Parent)
        {
            var candidate = Path.GetFullPath(path, start.FullName);
            if (Directory.Exists(Path.Combine(candidate, Bots)))
            {
                return candidate;
            }
        }

        return Path.GetFullPath(path, contentRoot);
    }
}
