namespace Platform.Tests.Core.Bots;

public sealed class BotFolderScanTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string AdaPath = "bots/ada.yaml";

    private readonly TestConfigFolder _folder = new();
    private TestDatabase? _database;
    private BotHost? _host;

    private BotHost Worker => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new BotHost(_database.ConnectionString, _folder.Root);
        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\ntone: dry \n");
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task ScanAsync_NothingChanged_DoesNothing()
    {
        Assert.NotNull(await Worker.Scan.ScanAsync(Token));

        Assert.Null(await Worker.Scan.ScanAsync(Token));
    }

    [Fact]
    public async Task ScanAsync_EditOfSameLengthAndTime_IsSeen()
    {
        await Worker.Scan.ScanAsync(Token);
        var time = File.GetLastWriteTimeUtc(_folder.PathOf(AdaPath));

        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\ntone: kind\n");
        File.SetLastWriteTimeUtc(_folder.PathOf(AdaPath), time);
        await Worker.Scan.ScanAsync(Token);

        Assert.Equal("kind", (await Worker.BotAsync("ada", Token)).Bot.Definition.Tone);
    }

    [Fact]
    public async Task ScanAsync_EditOfANamedPromptFile_IsSeen()
    {
        _folder.Write("prompts/ada.md", "first");
        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\nsystem_prompt_file: ../prompts/ada.md\n");
        await Worker.Scan.ScanAsync(Token);

        _folder.Write("prompts/ada.md", "second");
        await Worker.Scan.ScanAsync(Token);

        Assert.Equal("second", (await Worker.BotAsync("ada", Token)).Bot.Definition.SystemPrompt);
    }

    [Fact]
    public async Task ScanAsync_DatabaseAway_TriesAgainNextTime()
    {
        using var early = new BotHost($"{_database?.ConnectionString};Database=absent_database", _folder.Root);
        await Assert.ThrowsAnyAsync<Exception>(() => early.Scan.ScanAsync(Token));
        await Assert.ThrowsAnyAsync<Exception>(() => early.Scan.ScanAsync(Token));
    }
}
