using System.Net;
using System.Text.Json;
using Platform.Contracts.Replays;

namespace Platform.Tests.Api.Replays;

public sealed class ReplayTests(ReplayPlatform shared, LocalPostgres postgres, LocalRedis redis) : IClassFixture<ReplayPlatform>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_OfOurOwnCall_AsksTheSameAgainAndStandsBesideIt()
    {
        shared.Models.Enqueue(ModelReply.Answer("It", " was", " so."), ModelReply.Answer("It", " is", " so."), ModelReply.ServerError());
        var call = await shared.AskedCallAsync();

        var again = await shared.EndOfAsync(await shared.ReplayAsync(call, new ReplayRequest()));
        var failed = await shared.EndOfAsync(await shared.ReplayAsync(call, new ReplayRequest(ReplayMode.Live, "tests/other-model")));
        var list = await shared.ListAsync(call);

        Assert.Equal(("It was so.", "end_turn"), (list.Original.Text, list.Original.StopReason));
        Assert.Equal((ReplayState.Done, "It is so.", 12, 7), (again.State, again.Answer?.Text, again.Answer?.TokensIn, again.Answer?.TokensOut));
        Assert.True(again.Answer?.DurationMs >= 0);
        Assert.Equal(3, shared.Asked.Count);
        Assert.Equal(shared.Asked[0].Body, shared.Asked[1].Body);
        Assert.Equal("other-model", shared.Asked[2].Model);
        Assert.Equal((ReplayState.Failed, "model_error"), (failed.State, failed.Answer?.Error?.Code));
        Assert.Equal([failed.Id, again.Id], list.Replays.Select(replay => replay.Id));
        Assert.Null(list.CannotAsk ?? list.CannotRead);
    }

    [Fact]
    public async Task Replay_Recorded_AsksNobodyAndSaysTheSameEachTime()
    {
        shared.Models.Enqueue(ModelReply.Answer("Grüße", ", ", "Sam", " 🚂") with { FinishReason = "length" });
        var call = await shared.AskedCallAsync();
        var spent = await shared.SpentAsync();

        for (var time = 0; time < 2; time++)
        {
            var read = await shared.EndOfAsync(await shared.ReplayAsync(call, new ReplayRequest(ReplayMode.Recorded)));

            Assert.Equal((ReplayState.Done, "Grüße, Sam 🚂", "max_tokens"), (read.State, read.Answer?.Text, read.Answer?.StopReason));
            Assert.Equal((12, 7, null), (read.Answer?.TokensIn, read.Answer?.TokensOut, read.Answer?.DurationMs));
        }

        Assert.Single(shared.Asked);
        Assert.Equal(spent, await shared.SpentAsync());
    }

    [Fact]
    public async Task Replay_OfAnImportedCall_AsksAnotherMakersModelWhatCanBeCarriedOver()
    {
        var call = await shared.ImportedCallAsync();

        var replay = await shared.EndOfAsync(await shared.ReplayAsync(call, new ReplayRequest(ReplayMode.Live, "tests/test-model")));
        var list = await shared.ListAsync(call);

        var sent = Assert.Single(shared.Asked);
        Assert.Equal("Hello from the model server.", replay.Answer?.Text);
        Assert.Contains("cache markers", replay.LeftOut);
        Assert.Equal(("test-model", true), (sent.Model, sent.Streams));
        Assert.Equal("system", sent.Json.GetProperty("messages")[0].GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.String, sent.Json.GetProperty("messages")[1].GetProperty("content").ValueKind);
        Assert.False(string.IsNullOrEmpty(list.Original.Text));
    }

    [Fact]
    public async Task Replay_WhoseWorkerDies_FailsAndIsNotAskedAgain()
    {
        await using var own = new ReplayPlatform(postgres, redis);
        await own.InitializeAsync();
        var call = await own.AskedCallAsync();
        own.Models.Enqueue(ModelReply.Held(new ModelGate(), "Half", " of it."));
        var id = await own.ReplayAsync(call, new ReplayRequest());
        await Eventually.TrueAsync(_ => Task.FromResult(own.Asked.Count == 2), TestPlatform.Patience, "the model is asked");

        await own.Platform.Worker.KillAsync();
        await own.Database.ExecuteAsync($"update replays set lease_until = now() - interval '1 second' where id = '{id}'", Token);
        await own.Platform.AddHostAsync("Worker", Token);
        var replay = await own.EndOfAsync(id);

        Assert.Equal((ReplayState.Failed, "worker_lost"), (replay.State, replay.Answer?.Error?.Code));
        Assert.Equal(2, own.Asked.Count);
    }

    [Fact]
    public async Task Replay_ThatCannotBe_SaysWhyAtOnce()
    {
        var call = await shared.AskedCallAsync();

        await shared.AssertRefusedAsync(call, new ReplayRequest(ReplayMode.Recorded, "another"), HttpStatusCode.BadRequest, "mode 'live'");
        await shared.AssertRefusedAsync(call, new ReplayRequest(ReplayMode.Live, new string('m', 201)), HttpStatusCode.BadRequest, "201 characters");
        await shared.AssertRefusedAsync($"/api/v1/traces/{Guid.NewGuid()}/calls/x/replays", new ReplayRequest(), HttpStatusCode.NotFound, "trace");
        await shared.AssertRefusedAsync(call.Replace("/calls/", "/calls/no", StringComparison.Ordinal), new ReplayRequest(), HttpStatusCode.NotFound, "call");

        await shared.Database.ExecuteAsync("delete from bodies", Token);
        await shared.AssertRefusedAsync(call, new ReplayRequest(), HttpStatusCode.Conflict, "Retention:Bodies");
        await shared.AssertRefusedAsync(call, new ReplayRequest(ReplayMode.Recorded), HttpStatusCode.Conflict, "Retention:Bodies");
        var list = await shared.ListAsync(call);
        Assert.Null(list.Original.Text);
        Assert.NotNull(list.CannotAsk);
        Assert.NotNull(list.CannotRead);
    }

    [Fact]
    public async Task Replay_OneTooMany_IsRefusedUntilOthersEnded()
    {
        var call = await shared.AskedCallAsync();
        var gate = new ModelGate();
        shared.Models.Enqueue(Enumerable.Repeat(ModelReply.Held(gate, "Half", " of it."), 10));

        var ids = new List<string>();
        for (var count = 0; count < 10; count++)
        {
            ids.Add(await shared.ReplayAsync(call, new ReplayRequest()));
        }

        await shared.AssertRefusedAsync(call, new ReplayRequest(), HttpStatusCode.TooManyRequests, "10 replays are pending or running");
        gate.Open();
        foreach (var id in ids)
        {
            Assert.Equal(ReplayState.Done, (await shared.EndOfAsync(id)).State);
        }

        Assert.Equal(ReplayState.Done, (await shared.EndOfAsync(await shared.ReplayAsync(call, new ReplayRequest()))).State);
    }
}
