namespace Platform.Web.Shell;

/// <summary>Where to go next, as named in a query string or form: only ever a path of this site.</summary>
internal static class LocalPath
{
    /// <summary>Returns <paramref name="path"/> if a browser must read it as a path of this host, else <c>/</c>.</summary>
    /// <param name="path">Untrusted.</param>
    public static string OrHome(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(character => char.IsControl(character) || character == '\\')
            ? path
            : "/";
}
