using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Contracts;

namespace Platform.Core.Bots;

/// <summary>How a definition is stored and compared.</summary>
public static class BotDefinitionJson
{
    // Nulls are written: an explicit null is another answer than a default.
    private static readonly JsonSerializerOptions Options = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Writes a definition; equal definitions give equal text.</summary>
    /// <param name="definition">An active bot.</param>
    public static string Write(BotDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <summary>Reads what <see cref="Write"/> wrote, also after Postgres has reordered its keys.</summary>
    /// <param name="json">A stored definition.</param>
    /// <exception cref="JsonException">It is no definition.</exception>
    public static BotDefinition Read(string json) =>
        JsonSerializer.Deserialize<BotDefinition>(json, Options) ?? throw new JsonException("The stored bot definition is null.");

    /// <summary>SHA-256 of the written definition in lower-case hex.</summary>
    /// <param name="definition">An active bot.</param>
    public static string Hash(BotDefinition definition) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(definition, Options)));
}
