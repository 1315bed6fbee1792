using Microsoft.Extensions.Configuration;

namespace Platform.Core.Bots;

/// <summary>Where bots are defined and how often that is looked at. Section <c>Bots</c>.</summary>
public sealed class BotOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bots";

    /// <summary>The guides' name of <see cref="ConfigFolder"/>; it wins.</summary>
    public const string ConfigFolderAlias = "CONFIG_PATH";

    /// <summary>
    /// The folder of <c>shared.yaml</c> and <c>bots/</c>. Default: <c>config</c>. A relative path starts at the content root or at the
    /// nearest folder above it where it exists.
    /// </summary>
    public string ConfigFolder { get; set; } = "config";

    /// <summary>How often the folder is looked at. Default: 2 s; 100 ms to 1 min.</summary>
    public TimeSpan ScanInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Finds the folder that the settings mean.</summary>
    /// <param name="configuration">The host's settings.</param>
    /// <param name="contentRoot">Where the search begins.</param>
    /// <returns>A full path; the folder need not exist.</returns>
    public static string Locate(IConfiguration configuration, string contentRoot)
    {
        var named = configuration[ConfigFolderAlias] ?? configuration[$"{Section}:{nameof(ConfigFolder)}"];
        var path = string.IsNullOrWhiteSpace(named) ? "config" : named.Trim();
        for (var start = new DirectoryInfo(contentRoot); start is not null && !Path.IsPathRooted(path); start = start.Parent)
        {
            var candidate = Path.GetFullPath(path, start.FullName);
            if (Directory.Exists(Path.Combine(candidate, BotCatalogue.BotsFolder)))
            {
                return candidate;
            }
        }

        return Path.GetFullPath(path, contentRoot);
    }
}
