namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value inside a <see cref="ReferenceExpression"/>.</summary>
/// <param name="Value">Gives the value at run time.</param>
/// <param name="Provider">Gives the expression for the manifest.</param>
/// <param name="Format">"uri" to escape the value for a URI, or null.</param>
internal sealed record ReferencePart(IValueProvider Value, IManifestExpressionProvider Provider, string? Format)
{
    public static string? ApplyFormat(string? value, string? format) => (value, format) switch
    {
        (null, _) or (_, null) => value,
        (_, "uri") => Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not known; there is 'uri'."),
    };
}
