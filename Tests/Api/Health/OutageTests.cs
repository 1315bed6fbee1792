using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;
using Platform.Tests.Chaos;

namespace Platform.Tests.Api.Health;

public sealed class OutageTests(OutagePlatform outage) : IClassFixture<OutagePlatform>
{
    /// <summary>What issue and design promise for a dead Postgres.</summary>
    private static readonly TimeSpan NoticedWithin = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stopped")]
    [InlineData("killed")]
    [InlineData("paused")]
    public async Task Postgres_Away_IsToldWithinFiveSecondsAndForgottenWhenItIsBack(string how)
    {
        var platform = outage.Platform;
        HostProcess[] hosts = [platform.Api, platform.Worker];
        await AllReadyAsync(hosts);
        var conversation = await platform.ConverseAsync("rehearsed", Token);

        await TakeAwayAsync(how);
        try
        {
            await Task.WhenAll(hosts.Select(host => Eventually.TrueAsync(
                async token => await host.ReadyStatusAsync(token) == HttpStatusCode.ServiceUnavailable, NoticedWithin, $"{host.Project} is not ready")));
            foreach (var host in hosts)
            {
                await AssertUnhealthyAsync(host, "/health");
            }

            await AssertUnhealthyAsync(platform.Api, "/api/v1/health");
            await AssertRefusedAsync(HttpMethod.Get, "/api/v1/bots");
            await AssertRefusedAsync(HttpMethod.Get, "/api/v1/traces");
            await AssertRefusedAsync(HttpMethod.Get, $"/api/v1/conversations/{conversation.Id}/stream");
            await AssertRefusedAsync(HttpMethod.Post, $"/api/v1/conversations/{conversation.Id}/messages", """{"content":"Is anybody there?"}""");
        }
        finally
        {
            await GiveBackAsync(how);
        }

        await AllReadyAsync(hosts);
        await StatusBecomesAsync(platform.Api, "healthy");
        Assert.Empty(await platform.MessagesAsync(conversation.Id, Token));
        var posted = await platform.PostAsync(conversation.Id, "And now?", Token);
        Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
    }

    [Fact]
    public async Task Disk_FilledEmptiedAndFilledAgain_IsToldAndNothingAcknowledgedIsLost()
    {
        var platform = outage.Platform;
        await AllReadyAsync([platform.Api, platform.Worker]);
        await using var disk = await SmallDisk.MountAsync(outage.Postgres, platform.Database, "messages", Token);
        Assert.SkipWhen(disk is null, "A small file system is mounted for this, which takes root and CAP_SYS_ADMIN.");
        var conversation = await platform.ConverseAsync("rehearsed", Token);
        await platform.PostAsync(conversation.Id, "Before", Token);
        List<string> acknowledged = ["Before"];
        for (var round = 0; round < 2; round++)
        {
            await disk.FillAsync(Token);
            var refusal = await PostUntilRefusedAsync(conversation.Id, acknowledged);
            Assert.Equal("/problems/disk-full", refusal.GetProperty("type").GetString());
            // The last report may be a second old; each refusal renews what is known.
            await Eventually.TrueAsync(
                async token =>
                {
                    await PostUntilRefusedAsync(conversation.Id, acknowledged);
                    return await platform.Api.ReadyStatusAsync(token) == HttpStatusCode.ServiceUnavailable;
                },
                NoticedWithin,
                "Api is not ready");
            var health = await HealthAsync(platform.Api, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("disk of Postgres is full", health.GetProperty("details").GetProperty("postgres").GetProperty("problem").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(await platform.MessagesAsync(conversation.Id, Token));

            await disk.EmptyAsync(Token);
            await AllReadyAsync([platform.Api, platform.Worker]);
            var posted = await platform.PostAsync(conversation.Id, $"After round {round}", Token);
            acknowledged.Add($"After round {round}");
            Assert.Equal(ActivationState.Answered, (await platform.EndOfAsync(posted.ActivationId, Token)).State);
        }

        var stored = await platform.Database.ScalarAsync<string[]>($"select array_agg(content) from messages where channel_id = '{conversation.Id}'", Token) ?? [];
        Assert.All(acknowledged, text => Assert.Contains(text, stored));
    }

    [Fact]
    public async Task Redis_Killed_DegradesAndStaysReady()
    {
        HostProcess[] hosts = [outage.Platform.Api, outage.Platform.Worker];
        await AllReadyAsync(hosts);

        await outage.Redis.KillAsync();
        try
        {
            foreach (var host in hosts)
            {
                await StatusBecomesAsync(host, "degraded");
                var health = await HealthAsync(host, HttpStatusCode.OK);
                Assert.Equal("degraded", health.GetProperty("services").GetProperty("redis").GetString());
                Assert.Equal("healthy", health.GetProperty("services").GetProperty("postgres").GetString());
                Assert.Equal(HttpStatusCode.OK, await host.ReadyStatusAsync(Token));
            }
        }
        finally
        {
            await outage.Redis.StartAsync(Token);
        }

        await Task.WhenAll(hosts.Select(host => StatusBecomesAsync(host, "healthy")));
    }

    [Fact]
    public async Task Redis_Killed_StreamStillDeliversEveryToken()
    {
        string[] chunks = ["The", " tide", " turns", " at", " four", " 🌊", " today", "."];
        var platform = outage.Platform;
        await AllReadyAsync([platform.Api, platform.Worker]);
        await outage.Redis.KillAsync();
        try
        {
            var conversation = await platform.ConverseAsync("talker", Token);
            platform.Models.Enqueue(ModelReply.Answer(chunks));
            using var stream = await platform.OpenStreamAsync(conversation.Id, "0", Token);

            await platform.PostAsync(conversation.Id, "When does the tide turn?", Token);
            var events = await SseReader.ReadUntilAsync(stream, StreamEvents.Done, Token);

            var tokens = events.Where(one => one.Event == StreamEvents.Token).Select(one => JsonElement.Parse(one.Data).GetProperty("token").GetString());
            Assert.Equal(string.Concat(chunks), string.Concat(tokens));
        }
        finally
        {
            await outage.Redis.StartAsync(Token);
        }

        await Task.WhenAll(StatusBecomesAsync(platform.Api, "healthy"), StatusBecomesAsync(platform.Worker, "healthy"));
    }

    private async Task<JsonElement> PostUntilRefusedAsync(string conversation, List<string> acknowledged)
    {
        for (var number = 0; number < 100; number++)
        {
            var text = $"{acknowledged.Count}: {new string('x', 4000)}";
            using var response = await outage.Platform.Client.PostAsJsonAsync($"/api/v1/conversations/{conversation}/messages", new { content = text }, Token);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return await response.Content.ReadFromJsonAsync<JsonElement>(Token);
            }

            response.EnsureSuccessStatusCode();
            acknowledged.Add(text);
        }

        throw new InvalidOperationException("Nothing was refused.");
    }

    private static async Task AllReadyAsync(HostProcess[] hosts) => await Task.WhenAll(
        hosts.Select(host => host.WaitUntilReadyAsync(TestPlatform.Patience, Token)));

    private static Task StatusBecomesAsync(HostProcess host, string status) => Eventually.TrueAsync(
        async token => (await HealthAsync(host, null, token)).GetProperty("status").GetString() == status,
        TestPlatform.Patience,
        $"{host.Project} is {status}");

    private static Task<JsonElement> HealthAsync(HostProcess host, HttpStatusCode expected) => HealthAsync(host, expected, Token);

    private static async Task<JsonElement> HealthAsync(HostProcess host, HttpStatusCode? expected, CancellationToken cancellationToken)
    {
        using var response = await host.Client.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
        Assert.Equal(expected ?? response.StatusCode, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task AssertUnhealthyAsync(HostProcess host, string path)
    {
        // A report may be a second old.
        var body = "";
        await Eventually.TrueAsync(
            async token =>
            {
                using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), token);
                body = await response.Content.ReadAsStringAsync(token);
                return response.StatusCode == HttpStatusCode.ServiceUnavailable;
            },
            NoticedWithin,
            $"{path} of {host.Project} tells it");
        var health = JsonElement.Parse(body);
        Assert.Equal("unhealthy", health.GetProperty("status").GetString());
        Assert.Equal("unhealthy", health.GetProperty("services").GetProperty("postgres").GetString());
        Assert.Equal("healthy", health.GetProperty("services").GetProperty("redis").GetString());
        AssertTellsNothing(body);
    }

    private async Task AssertRefusedAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        using var content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        request.Content = content;
        using var response = await outage.Platform.Client.SendAsync(request, Token).WaitAsync(TestPlatform.Patience, Token);
        var body = await response.Content.ReadAsStringAsync(Token);

        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{method} {path}: {(int)response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("/problems/database-unavailable", JsonElement.Parse(body).GetProperty("type").GetString());
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero, "It says when to try again.");
        AssertTellsNothing(body);
    }

    private void AssertTellsNothing(string body)
    {
        var connection = new NpgsqlConnectionStringBuilder(outage.Platform.Database.ConnectionString);
        foreach (var secret in (string?[])[connection.Password, connection.Host, $"{connection.Port}", "Npgsql", "   at "])
        {
            Assert.DoesNotContain(secret ?? "", body, StringComparison.Ordinal);
        }
    }

    private async Task TakeAwayAsync(string how)
    {
        switch (how)
        {
            case "stopped":
                await outage.Postgres.StopAsync();
                break;
            case "killed":
                await outage.Postgres.KillAsync();
                break;
            default:
                outage.Postgres.Pause();
                break;
        }
    }

    private async Task GiveBackAsync(string how)
    {
        if (how == "paused")
        {
            outage.Postgres.Resume();
        }
        else
        {
            await outage.Postgres.StartAsync(Token);
        }
    }
}
