namespace Platform.Compose.Manifest;

/// <summary><c>project.v0</c> and <c>project.v1</c>: a .NET project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The project file, relative to the manifest.</param>
internal sealed record ProjectResource(string Name, string Path) : ServiceResource(Name);
