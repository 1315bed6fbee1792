using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting;

/// <summary>Adds the repository's projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project on its first launch profile, or on the AppHost's own if it has one of that name.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var project = new TProject();
        return builder.AddProject(name, project, LaunchProfile.ReadDefault(project.ProjectPath, builder.Configuration["DOTNET_LAUNCH_PROFILE"]));
    }

    /// <summary>Adds a project on a launch profile, or on none if its name is null.</summary>
    /// <exception cref="DistributedApplicationException">The project has no such profile.</exception>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        var project = new TProject();
        return builder.AddProject(name, project, launchProfileName is null ? null : LaunchProfile.Read(project.ProjectPath, launchProfileName));
    }

    /// <summary>
    /// Runs the project as several processes at once, named after it with a number from 1. Each listens on a free port of its own, so that an
    /// endpoint with a fixed one fails the start; the manifest says nothing of replicas.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas));

    private static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, LaunchProfile? profile)
    {
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ExecutionContext.IsPublishMode)
        {
            return project.WithPublishedEndpoints(profile);
        }

        return project.WithLocalTelemetry().WithLocalEndpoints(profile);
    }

    /// <summary>A profile with a URL means that the project serves both http and https, whatever the profile says.</summary>
    private static IResourceBuilder<ProjectResource> WithPublishedEndpoints(this IResourceBuilder<ProjectResource> builder, LaunchProfile? profile)
    {
        builder.WithEnvironment(context =>
        {
            var endpoints = builder.Resource.Annotations.OfType<EndpointAnnotation>().ToList();
            if (endpoints.Count > 0)
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }

            builder.AddPorts(context, "HTTP_PORTS", endpoints.Where(endpoint => endpoint.UriScheme == "http"));
            builder.AddPorts(context, "HTTPS_PORTS", endpoints.Where(endpoint => endpoint.UriScheme == "https" && !endpoint.IsDefaultHttps));
        });
        if (profile is { Urls.Count: > 0 })
        {
            builder.WithEndpoint("http", endpoint => endpoint.UriScheme = "http");
            builder.WithEndpoint("https", endpoint =>
            {
                endpoint.UriScheme = "https";
                endpoint.IsDefaultHttps = true;
            });
        }

        return builder;
    }

    private static void AddPorts(
        this IResourceBuilder<ProjectResource> builder, EnvironmentCallbackContext context, string variable, IEnumerable<EndpointAnnotation> endpoints)
    {
        var ports = endpoints.Where(endpoint => endpoint.PortVariable is null)
            .Select(endpoint => new EndpointReference(builder.Resource, endpoint.Name).Property(EndpointProperty.TargetPort))
            .ToList();
        if (ports.Count > 0)
        {
            context.EnvironmentVariables[variable] = ports.Skip(1).Aggregate(
                ReferenceExpression.Create($"{ports[0]}"), (text, port) => ReferenceExpression.Create($"{text};{port}"));
        }
    }

    private static IResourceBuilder<ProjectResource> WithLocalEndpoints(this IResourceBuilder<ProjectResource> builder, LaunchProfile? profile)
    {
        builder.WithEnvironment(context =>
        {
            var urls = builder.Resource.Annotations.OfType<EndpointAnnotation>()
                .Where(endpoint => endpoint.PortVariable is null)
                .Select(endpoint => string.Create(CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://{endpoint.TargetHost}:{endpoint.AllocatedPorts[context.Replica]}"))
                .ToList();
            if (urls.Count > 0)
            {
                context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', urls);
            }
        });
        if (profile is null)
        {
            return builder;
        }

        foreach (var url in profile.Urls.Select(BindingAddress.Parse))
        {
            builder.WithEndpoint(url.Scheme, endpoint =>
            {
                endpoint.UriScheme = url.Scheme;
                endpoint.Port = url.Port;
                endpoint.TargetHost = url.Host;
            });
        }

        return builder.WithAnnotation(profile).WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
            foreach (var (name, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
            }
        });
    }

    /// <summary>
    /// The names that telemetry is reported under, and short delays. There is no dashboard to report to: the endpoint stays the one of
    /// the AppHost's own environment, if it has one.
    /// </summary>
    private static IResourceBuilder<ProjectResource> WithLocalTelemetry(this IResourceBuilder<ProjectResource> builder) =>
        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables["OTEL_SERVICE_NAME"] = builder.Resource.Name;
            context.EnvironmentVariables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.CreateVersion7():N}";
            foreach (var delay in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
            {
                context.EnvironmentVariables[delay] = "1000";
            }

            context.EnvironmentVariables["OTEL_TRACES_SAMPLER"] = "always_on";
            context.EnvironmentVariables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        });
}
