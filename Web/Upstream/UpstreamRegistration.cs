using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Outgoing;
using Platform.Web.Features.Attention;

namespace Platform.Web.Upstream;

/// <summary>Registers the API client for pages and the reverse proxy for scripts and programs.</summary>
internal static class UpstreamRegistration
{
    /// <summary>Adds the client, the reverse proxy and the readiness check.</summary>
    /// <exception cref="InvalidOperationException">The API's address is not set or invalid.</exception>
    public static void AddUpstream(this WebApplicationBuilder builder)
    {
        var address = ApiAddress.From(builder.Configuration);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient<ApiClient>(client => client.BaseAddress = address).WithoutProxy().WithoutRetryOfResponses();
        builder.Services.AddScoped<CurrentAttention>();
        builder.Services.AddSingleton<ForwarderConnection>();
        builder.Services.AddHealthChecks().AddCheck<ApiReadinessCheck>("api", tags: [HealthTags.Ready]);
    }
}
