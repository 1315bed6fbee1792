namespace Platform.Web.Shell;

/// <summary>Validates redirect targets from a query string or form: only paths of this site are allowed.</summary>
internal static class LocalPath
{
    /// <summary>Returns <paramref name="path"/> if it can only be a path of this host, else <c>/</c>.</summary>
    /// <param name="path">Untrusted.</param>
    public static string OrHome(string? path) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(character => char.IsControl(character) || character == '\\')
            ? path
            : "/";
}
