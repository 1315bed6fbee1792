using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Startup;

/// <summary>Reports version and commit: in the first log line and at <c>/version</c>.</summary>
internal static class StartupRegistration
{
    public static void AddBuildInformation(this IHostApplicationBuilder builder, string hostName)
    {
        builder.Services.AddSingleton(BuildInformation.Of(builder.Environment, hostName));
        builder.Services.AddHostedService<StartupLog>();
    }

    public static void MapVersion(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/version", (BuildInformation build) => TypedResults.Ok(build))
            .WithTags("Health").WithSummary("Get the version and commit").AllowAnonymous().DisableHttpMetrics();
}
