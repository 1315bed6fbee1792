using System.Text.RegularExpressions;

namespace Platform.Compose.Output;

/// <summary>
/// Has Redis read its password from a file. It goes in over the standard input, since arguments show in every list of processes.
/// </summary>
internal static partial class RedisCommand
{
    // Redis writes /data/dump.rdb; only its own user may read it. A folder of somebody else's stays as it is.
    private const string PrivateData = "chmod 0700 /data 2>/dev/null; umask 077\n";

    /// <summary>The script with the password's file in it, dollars doubled as compose wants them; null when it does not start Redis as Aspire does.</summary>
    /// <param name="script">Dollars doubled.</param>
    /// <param name="variable">The variable that would hold the password.</param>
    public static string? WithPasswordFile(string script, string variable)
    {
        var start = $"redis-server --requirepass $${variable}";
        return script.StartsWith(start, StringComparison.Ordinal)
            ? $"{PrivateData}exec redis-server -{script[start.Length..]} <<CONFIGURATION\nrequirepass \"$$(cat \"$${variable}_FILE\")\"\nCONFIGURATION\n"
            : null;
    }

    /// <summary>The same script where only one line fits and no <c>&lt;</c>: its configuration goes through a file in memory. Any other script as it is.</summary>
    /// <param name="script">Dollars as the shell wants them.</param>
    public static string OnOneLine(string script) => Script().Replace(
        script,
        match => $"chmod 0700 /data 2>/dev/null; umask 077 && echo \"requirepass \\\"$(cat \"${match.Groups["file"].Value}\")\\\"\" >/tmp/redis.conf && exec redis-server /tmp/redis.conf{match.Groups["options"].Value}");

    [GeneratedRegex("""^chmod 0700 /data 2>/dev/null; umask 077\nexec redis-server -(?<options>[^<]*) <<CONFIGURATION\nrequirepass "\$\(cat "\$(?<file>\w+)"\)"\nCONFIGURATION\n$""")]
    private static partial Regex Script();
}
