using Platform.Core.Yaml;

namespace Platform.Core.Models.Providers;

/// <summary>A provider as written in the file, before references are resolved.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Key">Its place, such as <c>vendors.openai</c>.</param>
/// <param name="Place">Its position.</param>
internal sealed record ProviderEntry(string Name, string Key, ConfigPlace Place)
{
    /// <summary>The key or a <c>${NAME}</c> reference to one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The address as written.</summary>
    public string? ApiBase { get; set; }

    /// <summary>Patterns of model names.</summary>
    public IReadOnlyList<string> Provides { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Key;
}
