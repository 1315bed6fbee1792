using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values that come from outside the graph.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value from the setting <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, fallback => Read(builder.Configuration, name, fallback), secret));

    /// <summary>A value that the AppHost's code knows.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A value that the AppHost's code finds out.</summary>
    /// <exception cref="ArgumentException">The value is secret and would be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A secret cannot be published as a default value.", nameof(secret));
        }

        return builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
        });
    }

    /// <summary>A value from the setting <c>Parameters:name</c>, else a default, which <paramref name="persist"/> keeps for the next start.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(CreateParameter(builder, name, value, secret, persist));

    /// <summary>A generated password of 22 characters, kept for the next start; it is no resource of the graph until one refers to it.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(IDistributedApplicationBuilder builder, string name, bool special = true) =>
        CreateParameter(builder, name, new GenerateParameterDefault { Special = special }, secret: true, persist: true);

    private static ParameterResource CreateParameter(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist) =>
        new(name, fallback => Read(builder.Configuration, name, fallback), secret)
        {
            Default = persist && builder.ExecutionContext.IsRunMode
                ? new RememberedParameterDefault(name, value, ((DistributedApplicationBuilder)builder).Secrets)
                : value,
        };

    /// <summary>An environment variable cannot have a dash in its name, so <c>Parameters__api_key</c> is found too.</summary>
    private static string Read(ConfigurationManager configuration, string name, ParameterDefault? fallback) =>
        configuration[$"Parameters:{name}"]
        ?? configuration[$"Parameters:{name.Replace('-', '_')}"]
        ?? fallback?.GetDefaultValue()
        ?? throw new DistributedApplicationException($"The parameter '{name}' has no value; set Parameters:{name} (environment: Parameters__{name.Replace('-', '_')}).");
}
