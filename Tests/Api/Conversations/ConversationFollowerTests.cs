extern alias api;

using api::Platform.Api.Features.Conversations;
using api::Platform.Api.Streams;
using Platform.Contracts.Activations;
using Platform.Contracts.Conversations;
using Platform.Core.Generations;

namespace Platform.Tests.Api.Conversations;

public sealed class ConversationFollowerTests
{
    private static readonly Guid Activation = Guid.CreateVersion7();

    [Fact]
    public void ItemFor_PieceThatOverlapsWhatWasSent_SendsOnlyTheRest()
    {
        var follower = new ConversationFollower(StreamCursor.At(1));
        Assert.Equal(["The tide"], TokensOf(follower.ItemsFor(Running(1, "The tide"))));

        var item = follower.ItemFor(new LiveText(Activation, 1, 4, "tide turns"));

        Assert.Equal(" turns", Assert.IsType<TokenEvent>(item?.Data).Token);
    }

    [Fact]
    public void IsContiguous_PieceAfterAGap_WaitsUntilPostgresFilledIt()
    {
        var follower = new ConversationFollower(StreamCursor.At(1));
        Assert.Equal(["The"], TokensOf(follower.ItemsFor(Running(1, "The"))));
        var piece = new LiveText(Activation, 1, 8, " turns");

        Assert.False(follower.IsContiguous(piece));
        Assert.Equal([" tide"], TokensOf(follower.ItemsFor(Running(1, "The tide"))));
        Assert.True(follower.IsContiguous(piece));
    }

    [Fact]
    public void ItemsFor_NewerClaim_StartsOver()
    {
        var follower = new ConversationFollower(StreamCursor.At(1));
        Assert.Equal(["I will never"], TokensOf(follower.ItemsFor(Running(1, "I will never"))));

        var items = follower.ItemsFor(Running(2, "Now it")).ToList();

        Assert.Equal([StreamEvents.GenerationRestarted, StreamEvents.Token], items.Select(item => item.Event));
        Assert.Null(follower.ItemFor(new LiveText(Activation, 1, 12, " be told")));
    }

    [Fact]
    public void ItemsFor_FailedActivation_MovesTheCursorOnlyWithDone()
    {
        var follower = new ConversationFollower(StreamCursor.At(1));

        var items = follower.ItemsFor(Running(1, null) with { State = ActivationState.Failed, ErrorCode = "model_error" }).ToList();

        Assert.Equal([StreamEvents.Error, StreamEvents.Done], items.Select(item => item.Event));
        Assert.Equal("1", items[0].Id);
        Assert.EndsWith(".end", items[1].Id, StringComparison.Ordinal);
        var told = StreamCursor.Parse(items[1].Id) ?? throw new InvalidOperationException("The id is no cursor.");
        Assert.Empty(new ConversationFollower(told).ItemsFor(Running(1, null) with { State = ActivationState.Failed }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ItemsFor_ParkedAndRunAgain_BeginsAnewWithTheNewerClaim(bool reconnected)
    {
        var follower = new ConversationFollower(StreamCursor.At(1));
        var parked = follower.ItemsFor(Running(2, null) with { State = ActivationState.Parked, ErrorCode = "worker_lost" }).ToList();
        Assert.Equal([StreamEvents.Error, StreamEvents.Done], parked.Select(item => item.Event));
        follower = reconnected ? new ConversationFollower(StreamCursor.Parse(parked[1].Id) ?? default) : follower;

        Assert.Empty(follower.ItemsFor(Running(2, null) with { State = ActivationState.Parked }));
        Assert.False(follower.IsContiguous(new LiveText(Activation, 3, 0, "Here")));
        var items = follower.ItemsFor(Running(3, "Here")).ToList();

        Assert.Equal([StreamEvents.GenerationStarted, StreamEvents.Token], items.Select(item => item.Event));
        Assert.Equal(" I am", Assert.IsType<TokenEvent>(follower.ItemFor(new LiveText(Activation, 3, 4, " I am"))?.Data).Token);
        Assert.True(follower.IsContiguous(new LiveText(Activation, 1, 0, "I was dying")));
        Assert.Null(follower.ItemFor(new LiveText(Activation, 1, 0, "I was dying")));
    }

    [Fact]
    public void GivesUpOn_PieceOfNothingKnown_EndsTheWaiting()
    {
        var follower = new ConversationFollower(StreamCursor.At(1));
        var orphan = new LiveText(Activation, 1, 5, "late");

        Assert.False(follower.StopsWaitingFor(orphan));
        Assert.Contains(true, Enumerable.Range(0, 100).Select(_ => follower.StopsWaitingFor(orphan)));
        Assert.False(follower.StopsWaitingFor(orphan with { Offset = 6 }));
    }

    private static ChannelActivity Running(long fence, string? content) => new(
        Activation, "talker", ActivationState.Running, (int)fence, null, null, null, 1, null, fence, content);

    private static IEnumerable<string> TokensOf(IEnumerable<StreamItem> items) =>
        [.. items.Select(item => item.Data).OfType<TokenEvent>().Select(token => token.Token)];
}
