using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Export;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Viewer;

namespace Platform.Tests.Core.Traces.ChapterX;

/// <summary>Storage and traces over a test's database.</summary>
internal sealed class ImportHost : IDisposable
{
    private readonly IHost _host;

    /// <param name="connectionString">Of the database.</param>
    /// <param name="memoryBytes">Memory that imports may use; 0 for the default.</param>
    public ImportHost(string connectionString, long memoryBytes = 0)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-traces" });
        builder.Configuration.AddInMemoryCollection(
        [
            new($"ConnectionStrings:{StorageOptions.ConnectionName}", connectionString),
            new("Imports:MemoryBytes", memoryBytes.ToString(CultureInfo.InvariantCulture)),
        ]);
        builder.AddStorage(maxConnections: 5);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTraces();
        _host = builder.Build();
    }

    public TraceListReader Search => _host.Services.GetRequiredService<TraceListReader>();

    public TraceCounter Counter => _host.Services.GetRequiredService<TraceCounter>();

    public ViewerTraces Viewer => _host.Services.GetRequiredService<ViewerTraces>();

    public TraceFacets Facets => _host.Services.GetRequiredService<TraceFacets>();

    public TraceReader Reader => _host.Services.GetRequiredService<TraceReader>();

    public ChapterXExporter ChapterXExporter => _host.Services.GetRequiredService<ChapterXExporter>();

    public ImportRuns Runs => _host.Services.GetRequiredService<ImportRuns>();

    public ChapterXImporter Importer => _host.Services.GetRequiredService<ChapterXImporter>();

    public async Task<ImportRun> ImportFolderAsync(string folder, CancellationToken cancellationToken)
    {
        using var tree = LogTrees.OpenPath(folder).Tree;
        Assert.NotNull(tree);
        return await Importer.ImportAsync(tree, new ImportOrder(Tenant.Home, "logs", ImportKind.Folder), null, cancellationToken);
    }

    public async Task<ImportRun> ImportZipAsync(Stream zip, CancellationToken cancellationToken)
    {
        using var tree = LogTrees.OpenZip(zip).Tree;
        Assert.NotNull(tree);
        return await Importer.ImportAsync(tree, new ImportOrder(Tenant.Home, "logs.zip", ImportKind.Upload), null, cancellationToken);
    }

    /// <summary>All traces, at most 200.</summary>
    public async Task<IReadOnlyList<Trace>> TracesAsync(CancellationToken cancellationToken) =>
        (await Search.ListAsync(Tenant.Home, new TraceFilter(), null, 200, cancellationToken)).Traces;

    public void Dispose() => _host.Dispose();
}
