namespace Platform.Compose.Output;

/// <summary>
/// Has Redis read its password from a file. It goes in over the standard input, since arguments show in every list of processes.
/// </summary>
internal static class RedisCommand
{
    /// <summary>The script with the password's file in it, dollars doubled as compose wants them; null when it does not start Redis as Aspire does.</summary>
    /// <param name="script">Dollars doubled.</param>
    /// <param name="variable">The variable that would hold the password.</param>
    public static string? WithPasswordFile(string script, string variable)
    {
        var start = $"redis-server --requirepass $${variable}";
        return script.StartsWith(start, StringComparison.Ordinal)
            ? $"exec redis-server -{script[start.Length..]} <<CONFIGURATION\nrequirepass \"$$(cat \"$${variable}_FILE\")\"\nCONFIGURATION\n"
            : null;
    }
}
