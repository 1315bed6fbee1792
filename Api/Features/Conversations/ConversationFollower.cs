using Platform.Api.Streams;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Core.Conversations;
using Platform.Core.Generations;

namespace Platform.Api.Features.Conversations;

/// <summary>
/// What one follower of a conversation has been told, and therefore what it must be told next. The pieces of an answer that
/// it was sent, joined, are always a prefix of what is stored; a piece is never sent twice and none is left out.
/// </summary>
internal sealed class ConversationFollower(StreamCursor start)
{
    private const int MaxLooks = 40;

    private readonly Dictionary<Guid, FollowedGeneration> following = start is { ActivationId: { } id, Offset: { } offset }
        ? new() { [id] = new FollowedGeneration(start.Fence, offset) }
        : [];

    /// <summary>Activation → claim whose end was told. A parked one that is run again has a newer claim, and is told anew.</summary>
    private readonly Dictionary<Guid, long> ended = start is { ActivationId: { } told, Offset: null } ? new() { [told] = start.Fence } : [];

    private LiveText stuck;
    private int looks;

    /// <summary>Sequence of the last message sent.</summary>
    public long Sequence { get; private set; } = start.Sequence;

    /// <summary>Where the follower stands after the last event.</summary>
    public StreamCursor Cursor { get; private set; } = start;

    /// <summary>True while an answer is being followed.</summary>
    public bool IsFollowing => following.Count > 0;

    /// <summary>Tells of a stored message.</summary>
    /// <param name="view">The message after the last one told.</param>
    /// <param name="replay">True for what was stored before the follower came.</param>
    public IEnumerable<StreamItem> Tell(MessageView view, bool replay)
    {
        var data = new MessageCompleteEvent(view.ToResponse(), view.Message.Sequence);
        var known = view.Message.ActivationId is { } writer && following.ContainsKey(writer);
        if (view.Message is not { ActivationId: { } activationId, Role: MessageRole.Assistant } || (replay && !known))
        {
            if (view.Message.ActivationId is { } told)
            {
                ended[told] = long.MaxValue;
            }

            yield return At(StreamEvents.Message, view.Message.Sequence, data);
            yield break;
        }

        foreach (var item in Grow(activationId, view.AuthorHandle, view.Fence ?? 0, (int)(view.Fence ?? 0), view.Message.Content))
        {
            yield return item;
        }

        following.Remove(activationId);
        ended[activationId] = long.MaxValue;
        yield return At(StreamEvents.MessageComplete, view.Message.Sequence, data);
        yield return new StreamItem(StreamEvents.Done, Cursor.ToString(), new GenerationEvent(
            activationId.ToString(), view.AuthorHandle, (int)(view.Fence ?? 0), ActivationState.Answered, view.TraceId?.ToString()));
    }

    /// <summary>Keeps quiet about what ended before the follower came.</summary>
    public void IgnoreEnded(IEnumerable<ChannelActivity> activities)
    {
        foreach (var activity in activities.Where(one => one.State is not (ActivationState.Queued or ActivationState.Running)))
        {
            ended[activity.ActivationId] = activity.Fence;
        }
    }

    /// <summary>Tells what an activation came to since the last look.</summary>
    public IEnumerable<StreamItem> Tell(ChannelActivity activity)
    {
        if (IsOver(activity.ActivationId, activity.Fence))
        {
            return [];
        }

        return activity.State switch
        {
            ActivationState.Running when activity.Content is { } content =>
                Grow(activity.ActivationId, activity.BotHandle, activity.Fence, activity.Attempt, content),
            ActivationState.Failed or ActivationState.Parked => End(activity, StreamEvents.Error, new StreamErrorEvent(
                activity.ErrorCode ?? "failed",
                activity.ErrorMessage ?? "The answer failed.",
                null,
                activity.ActivationId.ToString(),
                activity.TraceId?.ToString())),
            ActivationState.Silent => End(activity, StreamEvents.Silent, DoneOf(activity)),
            ActivationState.Cancelled => End(activity, StreamEvents.Cancelled, DoneOf(activity)),
            _ => [],
        };
    }

    /// <summary>Says whether a live piece can be told now.</summary>
    /// <returns>False when text before it is missing, or its answer is not known yet: look into Postgres first.</returns>
    public bool CanTell(LiveText piece) =>
        IsOver(piece.ActivationId, piece.Fence)
        || (following.TryGetValue(piece.ActivationId, out var generation)
            && (generation.Fence > piece.Fence || (generation.Fence == piece.Fence && generation.Offset >= piece.Offset)));

    /// <summary>Tells a live piece, as far as it is new. Call it only when <see cref="CanTell"/>.</summary>
    public StreamItem? Tell(LiveText piece)
    {
        if (!following.TryGetValue(piece.ActivationId, out var generation)
            || generation.Fence != piece.Fence
            || piece.Offset + piece.Text.Length <= generation.Offset)
        {
            return null;
        }

        return Token(piece.ActivationId, generation, piece.Text[(generation.Offset - piece.Offset)..]);
    }

    /// <summary>
    /// Says whether to stop waiting for what is missing before a live piece. What it belongs to may have ended before the follower
    /// came; Postgres tells everything that still matters.
    /// </summary>
    /// <returns>True after so many calls for the same piece.</returns>
    public bool GivesUpOn(LiveText piece)
    {
        looks = piece == stuck ? looks + 1 : 1;
        stuck = piece;
        return looks > MaxLooks;
    }

    /// <summary>An event that moves nobody.</summary>
    public StreamItem Here(string name, object data) => new(name, Cursor.ToString(), data);

    /// <summary>Brings the follower to all of <paramref name="content"/>.</summary>
    private IEnumerable<StreamItem> Grow(Guid activationId, string bot, long fence, int attempt, string content)
    {
        if (!following.TryGetValue(activationId, out var generation))
        {
            generation = following[activationId] = new FollowedGeneration(fence, 0);
            yield return Began(StreamEvents.GenerationStarted);
        }
        else if (generation.Fence < fence)
        {
            generation.Restart(fence);
            yield return Began(StreamEvents.GenerationRestarted);
        }

        if (generation.Fence == fence && content.Length > generation.Offset)
        {
            yield return Token(activationId, generation, content[generation.Offset..]);
        }

        StreamItem Began(string name)
        {
            Cursor = new StreamCursor(Sequence, activationId, fence, 0);
            return Here(name, new GenerationEvent(activationId.ToString(), bot, attempt, ActivationState.Running));
        }
    }

    private StreamItem Token(Guid activationId, FollowedGeneration generation, string text)
    {
        var index = generation.Offset;
        generation.Offset += text.Length;
        Cursor = new StreamCursor(Sequence, activationId, generation.Fence, generation.Offset);
        return Here(StreamEvents.Token, new TokenEvent(text, index, activationId.ToString()));
    }

    private IEnumerable<StreamItem> End(ChannelActivity activity, string name, object data)
    {
        following.Remove(activity.ActivationId);
        ended[activity.ActivationId] = activity.Fence;

        // Only the last of the two moves the cursor: a follower cut off between them is told again.
        var told = Here(name, data);
        Cursor = new StreamCursor(Sequence, activity.ActivationId, activity.Fence, null);
        return [told, Here(StreamEvents.Done, DoneOf(activity))];
    }

    private bool IsOver(Guid activationId, long fence) => ended.TryGetValue(activationId, out var last) && fence <= last;

    private StreamItem At(string name, long sequence, object data)
    {
        Sequence = sequence;
        Cursor = StreamCursor.At(sequence);
        return Here(name, data);
    }

    private static GenerationEvent DoneOf(ChannelActivity activity) => new(
        activity.ActivationId.ToString(),
        activity.BotHandle,
        activity.Attempt,
        activity.State,
        activity.TraceId?.ToString(),
        activity.SilentReason);
}
