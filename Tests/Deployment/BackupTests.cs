using System.Globalization;
using System.Text.Json;

namespace Platform.Tests.Deployment;

/// <summary>Data survive the loss of everything but the backup.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "Deployment")]
public sealed class BackupTests(DeploymentMachine machine)
{
    private const string Counts =
        "select (select count(*) from channels), (select count(*) from messages), (select count(*) from activations), (select count(*) from traces), (select count(*) from llm_calls)";

    private const string Hashes = "select trace_id, encode(sha256, 'hex'), encode(sha256(content), 'hex') from trace_documents order by trace_id";
    private const string Sequences = "select sequencename, coalesce(last_value, 0) from pg_sequences order by sequencename";

    [Fact]
    public async Task Restore_EverythingWasDestroyed_BringsBackCountsSequencesAndTraces()
    {
        await machine.RequireAsync();
        var conversation = await machine.Production.AskAsync("What would be lost?");
        await machine.Production.AskAsync(conversation, "And this?");
        var said = await machine.Production.SaidAsync(conversation);
        var backup = await machine.PlatformAsync("backup", "production");
        Assert.True(backup.ExitCode == 0, backup.Output);
        var file = Path.GetFileName(backup.Output.Split('\n')[^1]);
        var before = await ContentsAsync();
        var sequences = await SequencesAsync();

        await DestroyProductionAsync();
        var restored = await machine.PlatformAsync("restore", "production", file, "--yes");

        Assert.True(restored.ExitCode == 0, restored.Output);
        Assert.Matches(@"\d+ rows in \d+ tables, as in the backup", restored.Output);
        Assert.Equal(before, await ContentsAsync());
        Assert.All(await SequencesAsync(), sequence => Assert.True(sequence.Value >= sequences[sequence.Key], $"{sequence.Key} went back to {sequence.Value}"));
        Assert.Equal(said, await machine.Production.SaidAsync(conversation));
        await machine.Production.AskAsync(conversation, "Is it going on?");
    }

    [Fact]
    public async Task Backup_AnyTime_LiesBesideItsManifest()
    {
        await machine.RequireAsync();

        var backup = await machine.PlatformAsync("backup", "staging");
        var path = Path.Combine(machine.Folder, "backups", "staging", Path.GetFileName(backup.Output.Split('\n')[^1]));

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(path, ".json"), TestContext.Current.CancellationToken));
        Assert.Equal(new FileInfo(path).Length, manifest.RootElement.GetProperty("size_bytes").GetInt64());
        Assert.StartsWith(machine.Staging.DeployedVersion.Replace("-staging", "+", StringComparison.Ordinal), manifest.RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.True(manifest.RootElement.GetProperty("counts").GetProperty("messages").GetInt64() > 0);
        Assert.Equal("700", FileModes.Of(Path.GetDirectoryName(path)!));
        Assert.All([path, Path.ChangeExtension(path, ".json")], file => Assert.Equal("600", FileModes.Of(file)));
        Assert.Equal("700", await DockerEngine.RunAsync("exec", machine.Staging.Container("redis"), "stat", "-c", "%a", "/data"));
    }

    [Fact]
    public async Task Drill_NewestBackup_CanBeRestored()
    {
        await machine.RequireAsync();
        await machine.PlatformAsync("backup", "production");

        var drill = await machine.PlatformAsync("drill", "production");

        Assert.True(drill.ExitCode == 0, drill.Output);
        Assert.Contains("passed its restore drill", drill.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FileThatIsNotThere_ChangesNothing()
    {
        await machine.RequireAsync();
        var before = await machine.Staging.SqlAsync("select count(*) from messages");

        var restored = await machine.PlatformAsync("restore", "staging", "platform-19700101T000000Z-manual.dump", "--yes");

        Assert.Equal(1, restored.ExitCode);
        Assert.Equal(before, await machine.Staging.SqlAsync("select count(*) from messages"));
        Assert.True(await machine.Staging.IsHealthyAsync());
    }

    [Fact]
    public async Task Restore_FileInAnotherFolder_IsRefusedThoughTheBackupsHoldOneOfThatName()
    {
        await machine.RequireAsync();
        var backup = await machine.PlatformAsync("backup", "staging");
        var name = Path.GetFileName(backup.Output.Split('\n')[^1]);

        var restored = await machine.PlatformAsync("restore", "staging", $"/mnt/elsewhere/{name}", "--yes");

        Assert.Equal(1, restored.ExitCode);
        Assert.Contains($"copy {name} and its .json there first", restored.Output, StringComparison.Ordinal);
        Assert.True(await machine.Staging.IsHealthyAsync());
    }

    /// <summary>As on a new machine: nothing of production is left but the repository, the secrets and the backups.</summary>
    private async Task DestroyProductionAsync()
    {
        await machine.PlatformAsync("down", "production");
        var volumes = await DockerEngine.RunAsync("volume", "ls", "--quiet", "--filter", "label=com.docker.compose.project=platform-production");
        await DockerEngine.RunAsync(["volume", "rm", .. volumes.Split('\n')]);
        Directory.Delete(Path.Combine(machine.Folder, ".platform", "production"), recursive: true);
    }

    /// <summary>Rows of what people made, the sequences of their messages, and the hash of every trace.</summary>
    private async Task<string> ContentsAsync() => string.Join('\n',
        await machine.Production.SqlAsync(Counts),
        await machine.Production.SqlAsync("select id, next_sequence from channels order by id"),
        await machine.Production.SqlAsync(Hashes));

    /// <summary>They may go on: the worker has things to do as soon as it is back.</summary>
    private async Task<Dictionary<string, long>> SequencesAsync() => (await machine.Production.SqlAsync(Sequences)).Split('\n')
        .Select(line => line.Split('|')).ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));
}
