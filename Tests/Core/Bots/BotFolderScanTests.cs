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
    public async Task ScanAsync_FolderCannotBeRead_IsAProblemUntilItCan()
    {
        await Worker.Scan.ScanAsync(Token);
        var lost = Worker.ScanOf("no\0folder");

        await Assert.ThrowsAsync<ArgumentException>(() => lost.ScanAsync(Token));
        await Assert.ThrowsAsync<ArgumentException>(() => lost.ScanAsync(Token));

        var problem = Assert.Single((await Worker.FileAsync("bots", Token)).Problems);
        Assert.StartsWith("The folder could not be read: ", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
        await Worker.SyncAsync(Token);
        Assert.Equal([AdaPath], await Worker.PathsAsync(Token));
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

    [Theory]
    [InlineData("bots/nil.yaml", "name: Nil\ncontinuation_model: m\ntone: \"a\\0\"")]
    [InlineData("bots/nil.yaml", "name: Nil\ncontinuation_model: m\ntemperature: \"a\\0\"")]
    [InlineData("bots/nil.yaml", "name: Nil\ncontinuation_model: m\n\"odd\\0\": \"\\uDC00\"")]
    [InlineData("bots/nil.yaml", "name: Nil\ncontinuation_model: m\nproviders_config: \"x\\0\"")]
    [InlineData("shared.yaml", "tone: \"a\\0\"")]
    public async Task ScanAsync_TextThatPostgresRefuses_KeepsOnlyItsOwnFileOut(string path, string yaml)
    {
        _folder.Write(path, yaml);

        await Worker.Scan.ScanAsync(Token);

        var file = await Worker.FileAsync(path, Token);
        Assert.False(file.Loaded);
        Assert.Contains(file.Problems, problem => problem.Line is not null);
        Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
    }

    [Fact]
    public async Task ApplyAsync_DefinitionThatPostgresRefuses_KeepsOnlyItsOwnFileOut()
    {
        _folder.Write("bots/nil.yaml", "name: Nil\ncontinuation_model: m\n");
        _folder.Write("bots/half.yaml", "name: Half\ncontinuation_model: m\n");

        var result = await Worker.SyncAsync(reading => reading with
        {
            BotFiles = [.. reading.BotFiles.Select(file => file.Path switch
            {
                "bots/nil.yaml" => file with { Definition = file.Definition! with { Tone = "a\0" } },
                "bots/half.yaml" => file with { Definition = file.Definition! with { DisplayName = "\uD800" } },
                _ => file,
            })],
        }, Token);

        Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
        Assert.Equal(["bots/half.yaml", "bots/nil.yaml"], result.InvalidFiles.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bots/pipe.yaml")]
    [InlineData("shared.yaml")]
    [InlineData("prompts/pipe.md")]
    public async Task ScanAsync_NamedPipe_IsPassedOverAndNamed(string path)
    {
        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\n");
        _folder.Write("bots/eva.yaml", "name: Eva\ncontinuation_model: m\nsystem_prompt_file: ../prompts/pipe.md\n");
        _folder.Write("prompts/pipe.md", "I am Eva.");
        await Worker.Scan.ScanAsync(Token);
        File.Delete(_folder.PathOf(path));
        SpecialFiles.MakePipe(_folder.PathOf(path));

        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\ntone: kind\n");
        var result = await Worker.Scan.ScanAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Contains(result?.Problems ?? [], problem => problem.Message.Contains("a named pipe", StringComparison.Ordinal));
        Assert.Equal(path == "shared.yaml" ? null : "kind", (await Worker.BotAsync("ada", Token)).Bot.Definition.Tone);
        Assert.True((await Worker.BotAsync("eva", Token)).Bot.Enabled);
    }

    [Theory]
    [InlineData("/dev/zero", "a device")]
    [InlineData("/proc/self/mounts", "a file of /proc")]
    [InlineData("/proc/kmsg", "a file of /proc")]
    public async Task ScanAsync_LinkToWhatMayBlock_IsPassedOver(string target, string kind)
    {
        File.CreateSymbolicLink(_folder.PathOf("bots/zero.yaml"), target);
        File.CreateSymbolicLink(_folder.PathOf("bots/gone.yaml"), "/nowhere");

        await Worker.Scan.ScanAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Contains(kind, Assert.Single((await Worker.FileAsync("bots/zero.yaml", Token)).Problems).Message, StringComparison.Ordinal);
        Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
    }

    [Theory]
    [InlineData("bots")]
    [InlineData("prompts")]
    public async Task ScanAsync_NameThatIsNotUtf8_IsPassedOver(string folder)
    {
        string[] invalid = folder == "bots" ? ["bots/bj\uFFFDrn.yaml"] : [];
        Directory.CreateDirectory(_folder.PathOf(folder));
        SpecialFiles.MakeLatinName(_folder.PathOf(folder));
        try
        {
            var result = await Worker.Scan.ScanAsync(Token);

            Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
            Assert.Equal(invalid, result?.InvalidFiles);
        }
        finally
        {
            SpecialFiles.RemoveFolder(_folder.PathOf(folder));
        }
    }

    [Fact]
    public async Task ScanAsync_DatabaseAway_TriesAgainNextTime()
    {
        using var early = new BotHost($"{_database?.ConnectionString};Database=absent_database", _folder.Root);
        await Assert.ThrowsAnyAsync<Exception>(() => early.Scan.ScanAsync(Token));
        await Assert.ThrowsAnyAsync<Exception>(() => early.Scan.ScanAsync(Token));
    }
}
