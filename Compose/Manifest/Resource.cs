namespace Platform.Compose.Manifest;

/// <summary>An entry of the manifest.</summary>
/// <param name="Name">Its name, which a service keeps.</param>
internal abstract record Resource(string Name)
{
    /// <summary>What <c>{name.connectionString}</c> stands for; null when the resource has none.</summary>
    public Expression? ConnectionString { get; init; }
}
