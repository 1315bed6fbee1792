using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Api.Traces.Imports;

public sealed class FullTemporaryFolderTests(LocalPostgres postgres, LocalRedis redis)
{
    private const string Import = "/api/v1/traces/import";
    private const int FolderMiB = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_FolderFilledAndEmptied_IsRefusedByNameAndThenImported()
    {
        var folder = Directory.CreateTempSubdirectory("platform-temporary-").FullName;
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={FolderMiB}m", "tmpfs", folder),
            "A small file system is mounted for this, which takes root and CAP_SYS_ADMIN.");
        try
        {
            await using var database = await postgres.CreateDatabaseAsync(Token);
            await using var api = await HostProcess.StartReadyAsync(
                "Api",
                new Dictionary<string, string?>
                {
                    ["ConnectionStrings__platformdb"] = database.ConnectionString,
                    ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
                    ["TMPDIR"] = folder,
                },
                Token);
            await AssertImportedAsync(api, number: 1);

            await File.WriteAllBytesAsync(Path.Combine(folder, "filler"), new byte[(FolderMiB * 1024 * 1024) - 4096], Token);
            using var refusal = await UploadAsync(api, number: 2);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
            var problem = await refusal.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.Equal("/problems/temporary-folder-full", problem.GetProperty("type").GetString());
            Assert.Contains(folder, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            await Eventually.TrueAsync(
                async token => (await HealthAsync(api, token)).GetProperty("services").GetProperty("temporary_files").GetString() == "degraded", TestPlatform.Patience, "health names the folder");

            File.Delete(Path.Combine(folder, "filler"));
            await AssertImportedAsync(api, number: 3);
            Assert.Empty(Directory.EnumerateFiles(folder, "platform-*"));
        }
        finally
        {
            await RunAsync("umount", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task AssertImportedAsync(HostProcess api, int number)
    {
        using var response = await UploadAsync(api, number);
        response.EnsureSuccessStatusCode();
        var run = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(1, run.GetProperty("traces_imported").GetInt32());
    }

    /// <summary>A zip of about 300 KB, more than the room that is left.</summary>
    private static async Task<HttpResponseMessage> UploadAsync(HostProcess api, int number)
    {
        using var logs = new LogsFolder();
        var noise = new byte[400_000];
        new Random(number).NextBytes(noise);
        logs.WriteTrace(number, $",\"config\":{{\"text\":\"{Convert.ToBase64String(noise)}\"}}");
        using var content = TraceApi.ZipContent(LogsFolder.Zip(logs.Root));
        return await api.Client.PostAsync(new Uri(Import, UriKind.Relative), content, Token);
    }

    private static async Task<JsonElement> HealthAsync(HostProcess api, CancellationToken cancellationToken)
    {
        using var response = await api.Client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(program, program, arguments);
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0;
    }
}
