using System.Text.Json.Nodes;

namespace Platform.Tests.Compose;

/// <summary>Manifests as Aspire writes them.</summary>
internal static class Fixtures
{
    public static string Manifest(string name) => File.ReadAllText(Repository.PathOf("Tests", "Fixtures", "manifests", name));

    /// <summary>The one with all other forms of values, without the program that no container runs.</summary>
    public static string RichManifest()
    {
        var manifest = JsonNode.Parse(Manifest("rich.json"))?.AsObject() ?? [];
        manifest["resources"]?.AsObject().Remove("tool");
        return manifest.ToJsonString();
    }
}
