using Microsoft.Extensions.Configuration;

namespace Platform.Core.Yaml;

/// <summary>The folder of <c>shared.yaml</c> and <c>bots/</c>.</summary>
public static class ConfigFolder
{
    /// <summary>The folder of the bots' files in it.</summary>
    public const string Bots = "bots";

    /// <summary>The file that all bots share, in it.</summary>
    public const string SharedFile = "shared.yaml";

    /// <summary>The setting that names it; short <c>CONFIG_PATH</c>.</summary>
    public const string Setting = "Bots:ConfigFolder";

    private const string Default = "config";

    /// <summary>Finds the folder that the settings mean.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="contentRoot">Where the search for a relative path begins; it goes on in the folders above.</param>
    /// <returns>A full path; the folder need not exist.</returns>
    public static string Locate(IConfiguration configuration, string contentRoot)
    {
        var named = configuration[Setting];
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

    /// <summary>Resolves a path that a file in the folder names.</summary>
    /// <param name="file">The naming file, relative to the config folder.</param>
    /// <param name="named">Relative to that file.</param>
    /// <returns>Relative to the config folder; null when it leads out of it.</returns>
    internal static string? Resolve(string file, string named)
    {
        var parts = new List<string>(file.Split('/')[..^1]);
        foreach (var part in named.Replace('\\', '/').Split('/'))
        {
            if (part is "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return Path.IsPathRooted(named) || parts.Count == 0 ? null : string.Join('/', parts);
    }
}
