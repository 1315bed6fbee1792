namespace Platform.Core.Bots.Files;

/// <summary>Paths inside the config folder, always with <c>/</c>.</summary>
internal static class ConfigPath
{
    /// <summary>Resolves a path that a file names.</summary>
    /// <param name="file">The naming file, relative to the config folder.</param>
    /// <param name="named">Relative to that file.</param>
    /// <returns>Relative to the config folder; null when it leads out of it.</returns>
    public static string? Resolve(string file, string named)
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
