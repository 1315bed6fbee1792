using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Contracts;

/// <summary>How every body of the HTTP API is written: snake_case names, enums as snake_case text, nulls left out.</summary>
public static class WireJson
{
    /// <summary>How deep bodies may nest: as deep as an imported trace, and the response around it.</summary>
    public const int MaxDepth = 600;

    /// <summary>The one set of options that hosts, clients and tests share. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Freeze(Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>Sets the conventions on <paramref name="options"/>, for frameworks that bring an instance of their own.</summary>
    /// <param name="options">Options that are not yet read-only.</param>
    /// <returns>The same instance.</returns>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.MaxDepth = MaxDepth;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }

    private static JsonSerializerOptions Freeze(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
