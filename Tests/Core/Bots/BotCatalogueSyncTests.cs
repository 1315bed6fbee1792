using Platform.Core.Authors;
using Platform.Core.Bots;

namespace Platform.Tests.Core.Bots;

public sealed class BotCatalogueSyncTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string AdaPath = "bots/ada.yaml";
    private const string Ada = "name: Ada\ncontinuation_model: m\ntone: dry\n";

    private readonly TestConfigFolder _folder = new();
    private TestDatabase? _database;
    private BotHost? _host;

    private BotHost Worker => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new BotHost(_database.ConnectionString, _folder.Root);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task ApplyAsync_NewFile_PutsTheBotInForceUnderItsStableId()
    {
        _folder.Write(AdaPath, Ada);

        var result = await Worker.SyncAsync(Token);

        Assert.Equal(["ada"], result.Changed);
        var view = await Worker.BotAsync("ada", Token);
        Assert.Equal(AuthorId.FromHandle("ada"), view.Bot.AuthorId);
        Assert.True(view.Bot.Enabled);
        Assert.Equal(AdaPath, view.Bot.SourceFile);
        Assert.Equal("dry", view.Bot.Definition.Tone);
        Assert.True(view.File?.Loaded);
        var author = await Worker.AuthorAsync(view.Bot.AuthorId, Token);
        Assert.Equal((AuthorKind.Bot, "ada", "Ada"), (author.Kind, author.Handle, author.DisplayName));
    }

    [Fact]
    public async Task ApplyAsync_NothingChanged_WritesNoBotAgain()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);
        var before = (await Worker.BotAsync("ada", Token)).Bot.UpdatedAt;

        var result = await Worker.SyncAsync(Token);

        Assert.Empty(result.Changed);
        Assert.Equal(before, (await Worker.BotAsync("ada", Token)).Bot.UpdatedAt);
    }

    [Fact]
    public async Task ApplyAsync_BrokenEdit_KeepsTheLastGoodVersionAndTheProblem()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        _folder.Write(AdaPath, Ada + "temperature: 9\n");
        await Worker.SyncAsync(Token);

        var view = await Worker.BotAsync("ada", Token);
        Assert.True(view.Bot.Enabled);
        Assert.Equal("dry", view.Bot.Definition.Tone);
        var file = await Worker.FileAsync(AdaPath, Token);
        Assert.False(file.Loaded);
        Assert.Equal(view.Bot.AuthorId, file.BotId);
        var problem = Assert.Single(file.Problems);
        Assert.Equal((4, "temperature"), (problem.Line, problem.Key));
        Assert.Equal(file.Problems, view.File?.Problems);

        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: m\ntone: kind\n");
        await Worker.SyncAsync(Token);

        Assert.Equal("kind", (await Worker.BotAsync("ada", Token)).Bot.Definition.Tone);
        Assert.Empty((await Worker.FileAsync(AdaPath, Token)).Problems);
    }

    [Fact]
    public async Task ApplyAsync_WrongFileAmongOthers_DoesNotTakeThemDown()
    {
        _folder.Write(AdaPath, Ada);
        _folder.Write("bots/broken.yaml", "name: [Eva");
        _folder.WriteBytes("bots/latin.yml", [0xFF, 0xFE, 0x00]);

        var result = await Worker.SyncAsync(Token);

        Assert.Equal(["ada"], await Worker.HandlesAsync(Token));
        Assert.Equal(["bots/broken.yaml", "bots/latin.yml"], result.InvalidFiles);
        Assert.Null((await Worker.FileAsync("bots/broken.yaml", Token)).BotId);
    }

    [Fact]
    public async Task ApplyAsync_RemovedFile_DisablesTheBotButKeepsItsRow()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        _folder.Delete(AdaPath);
        var result = await Worker.SyncAsync(Token);

        Assert.Equal(["ada"], result.Retired);
        var bot = (await Worker.BotAsync("ada", Token)).Bot;
        Assert.False(bot.Enabled);
        Assert.Null(bot.SourceFile);
        Assert.Empty(await Worker.PathsAsync(Token));

        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        Assert.True((await Worker.BotAsync("ada", Token)).Bot.Enabled);
    }

    [Fact]
    public async Task ApplyAsync_RenamedFile_KeepsTheBot()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        _folder.Move(AdaPath, "bots/lovelace.yml");
        await Worker.SyncAsync(Token);

        var bot = (await Worker.BotAsync("ada", Token)).Bot;
        Assert.True(bot.Enabled);
        Assert.Equal("bots/lovelace.yml", bot.SourceFile);
        Assert.Equal(["bots/lovelace.yml"], await Worker.PathsAsync(Token));
    }

    [Fact]
    public async Task ApplyAsync_HandleChangedInPlace_RetiresTheOldBot()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        _folder.Write(AdaPath, Ada + "handle: countess\n");
        await Worker.SyncAsync(Token);

        Assert.False((await Worker.BotAsync("ada", Token)).Bot.Enabled);
        Assert.True((await Worker.BotAsync("countess", Token)).Bot.Enabled);
    }

    [Fact]
    public async Task ApplyAsync_SameHandleInTwoFiles_StaysWithTheFileInForce()
    {
        _folder.Write("bots/zoe.yaml", "name: Ada\ncontinuation_model: first\n");
        await Worker.SyncAsync(Token);

        _folder.Write(AdaPath, "name: Ada\ncontinuation_model: second\n");
        await Worker.SyncAsync(Token);

        Assert.Equal("first", (await Worker.BotAsync("ada", Token)).Bot.Definition.ContinuationModel);
        var problem = Assert.Single((await Worker.FileAsync(AdaPath, Token)).Problems);
        Assert.Equal((1, "handle"), (problem.Line, problem.Key));
        Assert.Contains("bots/zoe.yaml", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_HandleOfAPerson_IsRefused()
    {
        await (_database?.ExecuteAsync("insert into authors (id, tenant_id, kind, handle, display_name) values (gen_random_uuid(), 'home', 'person', 'ada', 'Ada L.')", Token) ?? Task.CompletedTask);
        _folder.Write(AdaPath, Ada);

        await Worker.SyncAsync(Token);

        Assert.Empty(await Worker.HandlesAsync(Token));
        Assert.Contains("belongs to a person", Assert.Single((await Worker.FileAsync(AdaPath, Token)).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_BrokenSharedFile_KeepsBotsInForceAndLetsEditsWait()
    {
        _folder.Write("shared.yaml", "continuation_model: m\n");
        _folder.Write(AdaPath, "name: Ada\ntone: dry\n");
        _folder.Write("bots/eva.yaml", "name: Eva\n");
        await Worker.SyncAsync(Token);

        _folder.Write("shared.yaml", "continuation_model: [m\n");
        _folder.Write(AdaPath, "name: Ada\ntone: kind\n");
        await Worker.SyncAsync(Token);

        Assert.Equal("dry", (await Worker.BotAsync("ada", Token)).Bot.Definition.Tone);
        Assert.False((await Worker.FileAsync("shared.yaml", Token)).Loaded);
        Assert.False((await Worker.FileAsync(AdaPath, Token)).Loaded);
        var untouched = await Worker.FileAsync("bots/eva.yaml", Token);
        Assert.True(untouched.Loaded);
        Assert.Empty(untouched.Problems);

        _folder.Write("shared.yaml", "continuation_model: n\n");
        await Worker.SyncAsync(Token);

        var ada = (await Worker.BotAsync("ada", Token)).Bot.Definition;
        Assert.Equal(("kind", "n"), (ada.Tone, ada.ContinuationModel));
    }

    [Fact]
    public async Task ApplyAsync_FolderGone_ChangesNoBotAndSaysSo()
    {
        _folder.Write(AdaPath, Ada);
        await Worker.SyncAsync(Token);

        Directory.Delete(_folder.PathOf("bots"), recursive: true);
        await Worker.SyncAsync(Token);

        Assert.True((await Worker.BotAsync("ada", Token)).Bot.Enabled);
        Assert.Contains("CONFIG_PATH", Assert.Single((await Worker.FileAsync("bots", Token)).Problems).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyAsync_DisabledInItsFile_IsStoredAsDisabled()
    {
        _folder.Write(AdaPath, Ada + "enabled: false\n");

        await Worker.SyncAsync(Token);

        Assert.False((await Worker.BotAsync("ada", Token)).Bot.Enabled);
    }

    [Fact]
    public async Task ApplyAsync_SeveralWorkersAtOnce_AgreeOnOneRowPerBot()
    {
        for (var i = 0; i < 20; i++)
        {
            _folder.Write($"bots/b{i:00}.yaml", $"name: Bot {i:00}\ncontinuation_model: m\n");
        }

        using var second = new BotHost(_database?.ConnectionString ?? "", _folder.Root);
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? Worker : second).SyncAsync(Token)));

        Assert.Equal(20, results.Sum(result => result.Changed.Count));
        Assert.Equal(20, (await Worker.HandlesAsync(Token)).Count);
    }

    [Fact]
    public async Task ApplyAsync_EveryKindOfValue_ComesBackFromPostgresAsItWas()
    {
        _folder.Write(AdaPath, Ada + """
            mode: base-model
            temperature: null
            provider_params: {seed: 123456789012, nested: {list: [1, 2.5, true, null, text]}}
            anything: {else: yes}
            """);

        await Worker.SyncAsync(Token);

        var bot = (await Worker.BotAsync("ada", Token)).Bot;
        Assert.Equal(BotDefinitionJson.Read(BotDefinitionJson.Write(bot.Definition)).Mode, bot.Definition.Mode);
        Assert.Null(bot.Definition.Temperature);
        Assert.Equal(123456789012, bot.Definition.ProviderParameters["seed"].GetInt64());
        Assert.Equal("yes", bot.Definition.Extra["anything"].GetProperty("else").GetString());
    }
}
