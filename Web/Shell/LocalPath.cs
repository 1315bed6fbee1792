namespace Platform.Web.Shell;

/// <summary>Validates redirect targets from a query string or form: only paths of this site are allowed.</summary>
internal static class LocalPath
{
    private static readonly Uri Site = new("http://site.invalid/");

    /// <summary>Returns <paramref name="path"/> if it can only be a path of this host, else <c>/</c>.</summary>
    /// <param name="path">Untrusted.</param>
    public static string OrHome(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(character => char.IsControl(character) || character == '\\') && StaysOnSite(path)
            ? path
            : "/";

    /// <summary>Whether it is still a path without its dot segments: <c>/.//other.example</c> would become <c>//other.example</c>, an address of another site.</summary>
    private static bool StaysOnSite(string path) =>
        Uri.TryCreate(Site, path, out var resolved) && resolved.Authority == Site.Authority && !resolved.AbsolutePath.StartsWith("//", StringComparison.Ordinal);
}
