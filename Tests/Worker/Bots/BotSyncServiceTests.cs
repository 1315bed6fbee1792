using Platform.Tests.Core.Bots;
using Platform.Worker.Features.Bots;

namespace Platform.Tests.Worker.Bots;

public sealed class BotSyncServiceTests(LocalPostgres postgres)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteAsync_EditedFile_TakesEffectWithoutARestart()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var folder = new TestConfigFolder();
        folder.Write("bots/ada.yaml", "name: Ada\ncontinuation_model: m\ntone: dry\n");
        using var worker = new BotHost(database.ConnectionString, folder.Root, builder => builder.AddBots());
        await worker.StartAsync(Token);
        await Eventually.TrueAsync(async token => (await worker.HandlesAsync(token)).Contains("ada"), Deadline, "the bot is there");

        folder.Write("bots/ada.yaml", "name: Ada\ncontinuation_model: m\ntone: kind\n");

        await Eventually.TrueAsync(async token => (await worker.BotAsync("ada", token)).Bot.Definition.Tone is "kind", Deadline, "the edit takes effect");
        await worker.StopAsync(Token);
    }

    [Fact]
    public async Task StopAsync_NamedPipeInTheFolder_Ends()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var folder = new TestConfigFolder();
        folder.Write("bots/ada.yaml", "name: Ada\ncontinuation_model: m\n");
        SpecialFiles.MakePipe(folder.PathOf("bots/pipe.yaml"));
        SpecialFiles.MakePipe(folder.PathOf("notes.txt"));
        using var worker = new BotHost(database.ConnectionString, folder.Root, builder => builder.AddBots());
        await worker.StartAsync(Token);
        await Eventually.TrueAsync(async token => (await worker.HandlesAsync(token)).Contains("ada"), Deadline, "the bot is there");

        await worker.StopAsync(Token).WaitAsync(Deadline, Token);
    }
}
