using Platform.ServiceDefaults.Health;

namespace Platform.Api.Features.Traces.Imports;

/// <summary>Registers imports over HTTP in the Api.</summary>
internal static class ImportRegistration
{
    public static IHostApplicationBuilder AddImports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UploadBudget>();
        builder.Services.AddSingleton<BackgroundImports>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BackgroundImports>());
        builder.Services.AddHealthChecks().AddCheck<TemporaryFolderHealthCheck>("temporary_files", tags: [HealthTags.Public]);
        return builder;
    }
}
