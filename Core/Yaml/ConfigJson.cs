using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Core.Yaml;

/// <summary>Turns YAML values into JSON by YAML's core schema, leaving secrets behind.</summary>
internal sealed class ConfigJson(ConfigProblems problems)
{
    /// <summary>Converts a value that is kept as it is.</summary>
    /// <param name="entry">The key that holds it.</param>
    /// <returns>Null when the key or its value is a secret; a JSON null is an element of its own.</returns>
    public JsonElement? Convert(ConfigEntry entry)
    {
        if (IsSecret(entry, entry.Key))
        {
            return null;
        }

        return JsonSerializer.SerializeToElement(Node(entry.Value, entry.Key, entry.File));
    }

    private JsonNode? Node(ConfigNode node, string path, string file) => node switch
    {
        ConfigMap map => Object(map, path),
        ConfigList list => Array(list, path, file),
        ConfigScalar scalar => Value(scalar, path, file),
        _ => null,
    };

    private JsonArray Array(ConfigList list, string path, string file)
    {
        var result = new JsonArray();
        foreach (var (index, item) in list.Items.Index())
        {
            var child = $"{path}[{index}]";
            if (!IsSecret(item, child, file))
            {
                result.Add(Node(item, child, file));
            }
        }

        return result;
    }

    private JsonObject Object(ConfigMap map, string path)
    {
        var result = new JsonObject();
        foreach (var entry in map.Entries)
        {
            var child = $"{path}.{entry.Key}";
            if (!IsSecret(entry, child))
            {
                result[entry.Key] = Node(entry.Value, child, entry.File);
            }
        }

        return result;
    }

    private JsonValue? Value(ConfigScalar scalar, string path, string file)
    {
        if (scalar.IsNull)
        {
            return null;
        }

        if (scalar.Flag is { } flag)
        {
            return JsonValue.Create(flag);
        }

        var number = scalar.Plain ? YamlNumber.Read(scalar.Text) : default;
        if (file == problems.File && number.Error is { } error)
        {
            problems.Error(scalar.Place, path, $"{path} is {ConfigValues.Echo(scalar)}, which {error}.", "Put it in quotation marks to pass it on as text, or write a smaller number.");
        }
        else if (file == problems.File && number.Warning is { } warning)
        {
            problems.Warn(scalar.Place, path, $"{path} is {ConfigValues.Echo(scalar)}, which {warning}.", "Put it in quotation marks if it is text, or leave out the zeros if it is a number.");
        }

        return number.Value ?? JsonValue.Create(scalar.Text);
    }

    private bool IsSecret(ConfigEntry entry, string path)
    {
        if (!SecretKeys.Names(entry.Key))
        {
            return IsSecret(entry.Value, path, entry.File);
        }

        Warn(entry.Place, path, entry.File);
        return true;
    }

    private bool IsSecret(ConfigNode node, string path, string file)
    {
        if (node is not ConfigScalar scalar || !SecretKeys.LooksLikeOne(scalar.Text))
        {
            return false;
        }

        Warn(node.Place, path, file);
        return true;
    }

    private void Warn(ConfigPlace place, string path, string file)
    {
        if (file == problems.File)
        {
            problems.Warn(place, path, "This file contains a secret; it is not stored and has no effect.", "Remove it: credentials belong in the environment or, as a reference like ${OPENAI_API_KEY}, under providers in shared.yaml.");
        }
    }
}
