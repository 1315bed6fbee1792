namespace Platform.Compose.Manifest;

/// <summary><c>annotated.string</c>: a value put through a filter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What is filtered.</param>
/// <param name="Filter"><c>uri</c>, which escapes what a URI may not hold; no other is known.</param>
internal sealed record AnnotatedString(string Name, Expression Value, string Filter) : Resource(Name)
{
    public const string UriFilter = "uri";
}
