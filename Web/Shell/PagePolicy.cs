namespace Platform.Web.Shell;

/// <summary>The Content-Security-Policy of pages: they load from and call this service only, and have no inline scripts or styles.</summary>
internal static class PagePolicy
{
    public const string Text =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
}
