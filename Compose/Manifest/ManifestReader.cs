using System.Text.Json;

namespace Platform.Compose.Manifest;

/// <summary>Reads <c>aspire-manifest.json</c>. Whatever it does not understand is an error, since leaving it out would deploy something else.</summary>
internal static class ManifestReader
{
    /// <exception cref="ComposeException">It cannot be read; the message names the resource.</exception>
    public static AppManifest Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new AppManifest(document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Object
                ? [.. resources.EnumerateObject().Select(entry => ReadResource(entry.Name, entry.Value))]
                : throw new ComposeException("The manifest has no resources."));
        }
        catch (JsonException exception)
        {
            throw new ComposeException($"The manifest is not valid JSON: {exception.Message}", exception);
        }
    }

    private static Resource ReadResource(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new ComposeException($"Resource '{name}': it is not an object.");
        }

        var json = new ManifestObject(name, "", value);
        var type = json.RequiredText("type");
        Resource resource = type switch
        {
            "parameter.v0" => Parameter(json),
            "value.v0" => new ValueResource(name),
            "annotated.string" => Annotated(json),
            "container.v0" or "container.v1" => ServiceReader.Container(json),
            "project.v0" or "project.v1" => ServiceReader.Project(json),
            _ => throw json.Wrong($"the type '{type}' cannot be run in a container"),
        };
        resource = resource with { ConnectionString = json.Expression("connectionString") };
        json.End();
        return resource;
    }

    private static ParameterResource Parameter(ManifestObject json)
    {
        var inputs = new Dictionary<string, ParameterInput>();
        var asked = json.Object("inputs");
        foreach (var name in asked?.Keys ?? [])
        {
            inputs[name] = Input(asked!.Object(name) ?? throw asked.Wrong($"{name} is missing"));
        }

        return new ParameterResource(json.Resource, json.Expression("value") ?? throw json.Wrong("value is missing"), inputs);
    }

    private static ParameterInput Input(ManifestObject json)
    {
        if (json.Text("type") is { } type and not "string")
        {
            throw json.Wrong($"unknown type '{type}'");
        }

        var secret = json.Flag("secret") ?? false;
        var preset = json.Object("default");
        var value = preset?.Text("value");
        var generated = preset?.Object("generate") is { } generate ? GeneratedDefault.Read(generate) : null;
        preset?.End();
        json.End();
        return new ParameterInput(secret, value, generated);
    }

    private static AnnotatedString Annotated(ManifestObject json)
    {
        var filter = json.RequiredText("filter");
        return filter == AnnotatedString.UriFilter
            ? new AnnotatedString(json.Resource, json.Expression("value") ?? throw json.Wrong("value is missing"), filter)
            : throw json.Wrong($"unknown filter '{filter}'");
    }
}
