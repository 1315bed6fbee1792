using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Access;
using Platform.Core.Authors;
using Platform.Core.Bots;
using Platform.Core.Storage;
using Platform.Core.Yaml;

namespace Platform.Tests.Core.Bots;

/// <summary>A host with storage and bots over one config folder and one database; several of them stand for several workers.</summary>
internal sealed class BotHost : IDisposable
{
    private readonly IHost _host;

    public BotHost(string connectionString, string configFolder, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-bots" });
        builder.Configuration.AddInMemoryCollection(
        [
            new($"ConnectionStrings:{StorageOptions.ConnectionName}", connectionString),
            new(ConfigFolder.Setting, configFolder),
        ]);
        builder.AddStorage(maxConnections: 4);
        (configure ?? (host => host.AddBotFolder()))(builder);
        _host = builder.Build();
    }

    public BotFolderScan Scan => _host.Services.GetRequiredService<BotFolderScan>();

    /// <summary>The scan of another folder into the same database.</summary>
    public BotFolderScan ScanOf(string folder) => ActivatorUtilities.CreateInstance<BotFolderScan>(
        _host.Services, new BotCatalogue(folder, _host.Services.GetRequiredService<ConfigFiles>()));

    private BotReader Reader => _host.Services.GetRequiredService<BotReader>();

    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>Brings the folder to the database, whether or not it seems to have changed.</summary>
    public Task<BotSyncResult> SyncAsync(CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<BotCatalogueSync>()
            .ApplyAsync(_host.Services.GetRequiredService<BotCatalogue>().Read(), cancellationToken);

    /// <summary>As <see cref="SyncAsync(CancellationToken)"/>, with a reading that was changed on the way.</summary>
    public Task<BotSyncResult> SyncAsync(Func<BotCatalogueReading, BotCatalogueReading> change, CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<BotCatalogueSync>()
            .ApplyAsync(change(_host.Services.GetRequiredService<BotCatalogue>().Read()), cancellationToken);

    public async Task<BotView> BotAsync(string handle, CancellationToken cancellationToken) =>
        await Reader.FindAsync(Tenant.Home, handle, cancellationToken) ?? throw new InvalidOperationException($"There is no bot {handle}.");

    public async Task<BotFile> FileAsync(string path, CancellationToken cancellationToken) =>
        (await Reader.FilesAsync(Tenant.Home, cancellationToken)).Single(file => file.Path == path);

    public async Task<IReadOnlyList<string>> HandlesAsync(CancellationToken cancellationToken) =>
        [.. (await Reader.ListAsync(Tenant.Home, cancellationToken)).Select(view => view.Handle)];

    public async Task<IReadOnlyList<string>> PathsAsync(CancellationToken cancellationToken) =>
        [.. (await Reader.FilesAsync(Tenant.Home, cancellationToken)).Select(file => file.Path)];

    public async Task<Author> AuthorAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await _host.Services.GetRequiredService<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Authors.SingleAsync(author => author.Id == id, cancellationToken);
    }

    public void Dispose() => _host.Dispose();
}
