using System.Globalization;
using Platform.Compose.Manifest;

namespace Platform.Compose.Values;

/// <summary>Resolves the manifest's expressions in a compose network: services find each other by name, on the ports inside.</summary>
/// <param name="manifest">Where references lead.</param>
/// <param name="variablePrefix">In front of a variable that asks for a parameter, such as <c>PRODUCTION_</c>.</param>
internal sealed class ManifestValues(AppManifest manifest, string variablePrefix)
{
    /// <summary>Port of our hosts when the manifest has none.</summary>
    public const int HttpPort = 8080;

    private const int MaxDepth = 32;

    /// <summary>What <c>.env</c> is asked for: parameters that are no secrets, in the manifest's order.</summary>
    public IEnumerable<VariablePart> Variables => manifest.Resources.OfType<ParameterResource>()
        .SelectMany(parameter => parameter.Inputs.SelectMany(input => Input(parameter, input.Key, input.Value).Parts.OfType<VariablePart>()));

    /// <summary>Resolves an expression of a resource.</summary>
    /// <param name="resource">The resource to name when it cannot be done.</param>
    /// <param name="expression">The expression.</param>
    /// <exception cref="ComposeException">A reference leads nowhere.</exception>
    public ResolvedValue Resolve(string resource, Expression expression) => Resolve(resource, expression, depth: 0);

    /// <summary>The port inside the container.</summary>
    /// <exception cref="ComposeException">It refers to an unknown value.</exception>
    public static int PortOf(ServiceResource service, Binding binding) => (service, binding) switch
    {
        (_, { TargetPort: { } port }) => port,
        (ProjectResource, { Scheme: "http" or "https" }) => HttpPort,
        _ => throw new ComposeException($"Resource '{service.Name}': the binding {binding.Name} has no targetPort."),
    };

    private ResolvedValue Resolve(string resource, Expression expression, int depth) =>
        depth > MaxDepth
            ? throw new ComposeException($"Resource '{resource}': its references form a cycle.")
            : ResolvedValue.Join(expression.Parts.Select(part => part switch
            {
                ReferencePart reference => Follow(resource, reference, depth + 1),
                LiteralPart literal => ResolvedValue.Text(literal.Text),
                _ => throw new InvalidOperationException($"No such part: {part}"),
            }));

    private ResolvedValue Follow(string resource, ReferencePart reference, int depth)
    {
        var target = manifest.Find(reference.Resource) ?? throw Unknown(resource, reference, "there is no such resource");
        return (target, reference.Path) switch
        {
            (_, ["connectionString"]) when target.ConnectionString is { } connection => Resolve(target.Name, connection, depth),
            (ParameterResource parameter, ["value"]) => Resolve(target.Name, parameter.Value, depth),
            (ParameterResource parameter, ["inputs", var input]) when parameter.Inputs.TryGetValue(input, out var asked) => Input(parameter, input, asked),
            (AnnotatedString annotated, ["value"]) => Escape(resource, Resolve(target.Name, annotated.Value, depth)),
            (ServiceResource service, ["bindings", var name, var property])
                when service.Bindings.FirstOrDefault(binding => binding.Name == name) is { } binding => Property(resource, reference, service, binding, property),
            _ => throw Unknown(resource, reference, "that resource has no such property"),
        };
    }

    private ResolvedValue Input(ParameterResource parameter, string name, ParameterInput input)
    {
        var key = name == "value" ? parameter.Name : $"{parameter.Name}-{name}";
        ValuePart part = input.Secret || input.Generated is not null
            ? new SecretPart(key, input.Generated?.Length)
            : new VariablePart(variablePrefix + key.Replace('-', '_').ToUpperInvariant(), input.Default);
        return new ResolvedValue([part], NeedsHttps: false, NeedsOther: true);
    }

    private static ResolvedValue Escape(string resource, ResolvedValue value) => value with
    {
        Parts =
        [
            .. value.Parts.Select(ValuePart (part) => part switch
            {
                TextPart text => new TextPart(Uri.EscapeDataString(text.Text)),
                SecretPart secret => secret with { Filtered = true },
                VariablePart { Default: { } preset } variable when Uri.EscapeDataString(preset) == preset => variable,
                _ => throw new ComposeException($"Resource '{resource}': a compose file cannot escape a variable for a URI; make the parameter a secret."),
            }),
        ],
    };

    private static ResolvedValue Property(string resource, ReferencePart reference, ServiceResource service, Binding binding, string property)
    {
        var port = binding.IsHttps ? "" : PortOf(service, binding).ToString(CultureInfo.InvariantCulture);
        var text = property switch
        {
            "host" => service.Name,
            "port" or "targetPort" => port,
            "scheme" => binding.Scheme,
            "url" => $"{binding.Scheme}://{service.Name}:{port}",
            _ => throw Unknown(resource, reference, $"a binding has no {property}"),
        };
        return ResolvedValue.Text(text) with { NeedsHttps = binding.IsHttps, NeedsOther = !binding.IsHttps };
    }

    private static ComposeException Unknown(string resource, ReferencePart reference, string reason) =>
        new($"Resource '{resource}': {reference} cannot be resolved: {reason}.");
}
