namespace Platform.Compose.Manifest;

/// <summary><c>value.v0</c>: a name for a connection string.</summary>
internal sealed record ValueResource(string Name) : Resource(Name);
