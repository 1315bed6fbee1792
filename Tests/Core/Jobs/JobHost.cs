using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Jobs;
using Platform.Core.Retention;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Jobs;

/// <summary>What a host has of the job queue that serves no jobs, as the Api.</summary>
internal sealed class JobHost : IDisposable
{
    private readonly IHost _host;

    public JobHost(TestDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-jobs" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 4);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRetention();
        builder.Services.AddJobs();
        _host = builder.Build();
    }

    public IBackgroundJobClientV2 Client => Get<IBackgroundJobClientV2>();

    public JobReader Reader => Get<JobReader>();

    public JobStorage Storage => Get<JobStorage>();

    public void Dispose() => _host.Dispose();

    private TService Get<TService>()
        where TService : notnull => _host.Services.GetRequiredService<TService>();
}
