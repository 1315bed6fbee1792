using Platform.ServiceDefaults.Health;

namespace Platform.Web.Upstream;

/// <summary>The two ways to the Api: typed calls for pages, and the forwarder for scripts and programs.</summary>
internal static class UpstreamRegistration
{
    /// <summary>Adds both, and the check that makes Web ready only when the Api is.</summary>
    /// <exception cref="InvalidOperationException">The Api's address is not set, or is none.</exception>
    public static void AddUpstream(this WebApplicationBuilder builder)
    {
        var address = ApiAddress.From(builder.Configuration);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient<ApiClient>(client => client.BaseAddress = address);
        builder.Services.AddSingleton<ForwarderConnection>();
        builder.Services.AddHealthChecks().AddCheck<ApiReadinessCheck>("api", tags: [HealthTags.Ready]);
    }
}
