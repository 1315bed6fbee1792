using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Writes the resources in the graph's order; then what they lean on that is no resource of the graph, with its escaped forms; then the
/// escaped forms of the graph's own parameters; then the conditional values.
/// </summary>
internal sealed class ManifestWriter(ManifestPublishingContext context)
{
    private readonly Dictionary<string, IResource> _leanedOn = [];
    private readonly Dictionary<(ParameterResource Parameter, string Format), string> _escaped = [];
    private readonly Dictionary<string, ConditionalReference> _conditions = [];

    private Utf8JsonWriter Json => context.Writer;

    public void Write(IReadOnlyList<IResource> resources)
    {
        Json.WriteStartObject();
        Json.WriteStartObject("resources");
        foreach (var resource in resources)
        {
            WriteResource(resource);
        }

        foreach (var resource in _leanedOn.Values.Where(resource => !resources.Contains(resource)).ToList())
        {
            WriteResource(resource);
        }

        foreach (var parameter in _escaped.Keys.Select(key => key.Parameter).Distinct().ToList())
        {
            WriteEscapedForms(parameter);
        }

        foreach (var (name, condition) in _conditions)
        {
            WriteCondition(name, condition);
        }

        Json.WriteEndObject();
        Json.WriteEndObject();
    }

    private void WriteResource(IResource resource)
    {
        Json.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                WriteContainer(container);
                break;
            case ProjectResource project:
                WriteProject(project);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case IResourceWithConnectionString value:
                Json.WriteString("type", "value.v0");
                WriteConnectionString(value);
                break;
            default:
                Json.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }

        Json.WriteEndObject();
        if (resource is ParameterResource written)
        {
            WriteEscapedForms(written);
        }
    }

    private void WriteContainer(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        Json.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString value)
        {
            WriteConnectionString(value);
        }

        Json.WriteString("image", $"{(image.Registry is null ? "" : image.Registry + "/")}{image.Image}:{image.Tag ?? "latest"}");
        if (container.Entrypoint is not null)
        {
            Json.WriteString("entrypoint", container.Entrypoint);
        }

        WriteArgs(container);
        WriteVolumes(container);
        WriteEnvironment(container);
        WriteBindings(container);
    }

    private void WriteProject(ProjectResource project)
    {
        Json.WriteString("type", "project.v0");
        Json.WriteString("path", context.RelativePath(project.Annotations.OfType<IProjectMetadata>().Single().ProjectPath));
        WriteArgs(project);
        WriteEnvironment(project);
        WriteBindings(project);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        Json.WriteString("type", "parameter.v0");
        Json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Json.WriteStartObject("inputs");
        Json.WriteStartObject("value");
        Json.WriteString("type", "string");
        if (parameter.Secret)
        {
            Json.WriteBoolean("secret", true);
        }

        if (parameter.Default is { } fallback)
        {
            Json.WriteStartObject("default");
            fallback.WriteToManifest(context);
            Json.WriteEndObject();
        }

        Json.WriteEndObject();
        Json.WriteEndObject();
    }

    private void WriteEscapedForms(ParameterResource parameter)
    {
        foreach (var (key, name) in _escaped.Where(entry => entry.Key.Parameter == parameter).ToList())
        {
            Json.WriteStartObject(name);
            Json.WriteString("type", "annotated.string");
            Json.WriteString("value", parameter.ValueExpression);
            Json.WriteString("filter", key.Format);
            Json.WriteEndObject();
            _escaped.Remove(key);
        }
    }

    /// <summary>Nothing in a manifest has TLS before it is deployed, so the value is the one without.</summary>
    private void WriteCondition(string name, ConditionalReference condition)
    {
        Json.WriteStartObject(name);
        Json.WriteString("type", "value.v0");
        Json.WriteString("connectionString", Expression(condition.WhenFalse));
        Json.WriteEndObject();
    }

    private void WriteConnectionString(IResourceWithConnectionString resource) =>
        Json.WriteString("connectionString", Expression(resource.ConnectionStringExpression));

    private void WriteArgs(IResource resource)
    {
        var args = ResourceValues.Args(resource, context.ExecutionContext);
        if (args.Count == 0)
        {
            return;
        }

        Json.WriteStartArray("args");
        foreach (var arg in args)
        {
            Json.WriteStringValue(Expression(arg));
        }

        Json.WriteEndArray();
    }

    private void WriteEnvironment(IResource resource)
    {
        var variables = ResourceValues.Environment(resource, context.ExecutionContext);
        if (variables.Count == 0)
        {
            return;
        }

        Json.WriteStartObject("env");
        foreach (var (name, value) in variables)
        {
            Json.WriteString(name, Expression(value));
        }

        Json.WriteEndObject();
    }

    private void WriteVolumes(ContainerResource container)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().ToList();
        if (mounts.Count == 0)
        {
            return;
        }

        Json.WriteStartArray("volumes");
        foreach (var mount in mounts)
        {
            Json.WriteStartObject();
            Json.WriteString("name", mount.Source);
            Json.WriteString("target", mount.Target);
            Json.WriteBoolean("readOnly", mount.IsReadOnly);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        Json.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Json.WriteStartObject(endpoint.Name);
            Json.WriteString("scheme", endpoint.UriScheme);
            Json.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Json.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
            {
                Json.WriteNumber("port", port);
            }

            if (endpoint.TargetPort is { } targetPort)
            {
                Json.WriteNumber("targetPort", targetPort);
            }

            if (endpoint.IsExternal)
            {
                Json.WriteBoolean("external", true);
            }

            Json.WriteEndObject();
        }

        Json.WriteEndObject();
    }

    /// <summary>The value as the manifest says it; what it leans on is noted and written later.</summary>
    private string Expression(object value)
    {
        Note(value);
        return value switch
        {
            string text => text,
            ReferenceExpression { Condition: null } reference => string.Format(
                CultureInfo.InvariantCulture, reference.Format, [.. reference.Parts.Select(PartExpression)]),
            IManifestExpressionProvider provider => provider.ValueExpression,
            _ => throw new DistributedApplicationException($"A {value.GetType().Name} cannot be written to a manifest."),
        };
    }

    private string PartExpression(ReferencePart part) => part switch
    {
        { Format: { } format, Value: ParameterResource parameter } => $"{{{EscapedName(parameter, format)}.value}}",
        { Value: ReferenceExpression { Condition: null } nested } => Expression(nested),
        _ => part.Provider.ValueExpression,
    };

    private string EscapedName(ParameterResource parameter, string format)
    {
        if (!_escaped.TryGetValue((parameter, format), out var name))
        {
            name = $"{parameter.Name}-{format}-encoded";
            _escaped.Add((parameter, format), name);
        }

        return name;
    }

    private void Note(object value)
    {
        if (value is ReferenceExpression { Condition: { } condition } && _conditions.TryAdd(condition.Name, condition))
        {
            Note(condition.WhenFalse);
        }

        if (value is IResource resource)
        {
            if (!_leanedOn.TryAdd(resource.Name, resource))
            {
                return;
            }
        }

        if (value is IValueWithReferences references)
        {
            foreach (var reference in references.References)
            {
                Note(reference);
            }
        }
    }
}
