using System.Globalization;

namespace Platform.Web.Shell;

/// <summary>Reads a number of a page's view from the query string, such as its first row.</summary>
internal static class QueryNumber
{
    /// <summary>Reads a whole number of at least 0.</summary>
    /// <param name="text">As in the address, untrusted.</param>
    /// <returns>Null when it is absent or no such number: the page then shows its default view.</returns>
    public static int? Read(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
