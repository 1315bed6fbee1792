using Platform.Api.Streams;
using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Contracts.Conversations;
using Platform.Core.Conversations;
using Platform.Core.Generations;

namespace Platform.Api.Features.Conversations;

/// <summary>
/// Tracks what one follower of a conversation has been sent, and so what to send next. The pieces of an answer that
/// it was sent, joined, are always a prefix of what is stored; a piece is never sent twice and none is left out.
/// </summary>
internal sealed class ConversationFollower(StreamCursor start)
{
    private const int MaxReads = 40;

    private readonly Dictionary<Guid, FollowedGeneration> _following = start is { ActivationId: { } id, Offset: { } offset }
        ? new() { [id] = new FollowedGeneration(start.Fence, offset) }
        : [];

    /// <summary>Activation → claim whose end was sent. A parked one that is run again has a newer claim, and is sent again.</summary>
    private readonly Dictionary<Guid, long> _ended = start is { ActivationId: { } sent, Offset: null } ? new() { [sent] = start.Fence } : [];

    private LiveText _blocked;
    private int _reads;

    /// <summary>Sequence of the last message sent.</summary>
    public long Sequence { get; private set; } = start.Sequence;

    /// <summary>The follower's position after the last event.</summary>
    public StreamCursor Cursor { get; private set; } = start;

    /// <summary>True while an answer is being followed.</summary>
    public bool IsFollowing => _following.Count > 0;

    /// <summary>Stream items for a stored message.</summary>
    /// <param name="view">The message after the last one sent.</param>
    /// <param name="replay">True for a message stored before the follower connected.</param>
    public IEnumerable<StreamItem> ItemsFor(MessageView view, bool replay)
    {
        var data = new MessageCompleteEvent(view.ToResponse(), view.Message.Sequence);
        var known = view.Message.ActivationId is { } writer && _following.ContainsKey(writer);
        if (view.Message is not { ActivationId: { } activationId, Role: MessageRole.Assistant } || (replay && !known))
        {
            if (view.Message.ActivationId is { } sent)
            {
                _ended[sent] = long.MaxValue;
            }

            yield return At(StreamEvents.Message, view.Message.Sequence, data);
            yield break;
        }

        foreach (var item in CatchUp(activationId, view.AuthorHandle, view.Fence ?? 0, (int)(view.Fence ?? 0), view.Message.Content))
        {
            yield return item;
        }

        _following.Remove(activationId);
        _ended[activationId] = long.MaxValue;
        yield return At(StreamEvents.MessageComplete, view.Message.Sequence, data);
        yield return new StreamItem(StreamEvents.Done, Cursor.ToString(), new GenerationEvent(
            activationId.ToString(), view.AuthorHandle, (int)(view.Fence ?? 0), ActivationState.Answered, view.TraceId?.ToString()));
    }

    /// <summary>Skips activations that ended before the follower connected.</summary>
    public void IgnoreEnded(IEnumerable<ChannelActivity> activities)
    {
        foreach (var activity in activities.Where(one => one.State is not (ActivationState.Queued or ActivationState.Running)))
        {
            _ended[activity.ActivationId] = activity.Fence;
        }
    }

    /// <summary>Stream items for an activation's progress since the last read.</summary>
    public IEnumerable<StreamItem> ItemsFor(ChannelActivity activity)
    {
        if (HasEnded(activity.ActivationId, activity.Fence))
        {
            return [];
        }

        return activity.State switch
        {
            ActivationState.Running when activity.Content is { } content =>
                CatchUp(activity.ActivationId, activity.BotHandle, activity.Fence, activity.Attempt, content),
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

    /// <summary>Whether a live piece can be sent now.</summary>
    /// <returns>False when text before it is missing, or its answer is not known yet: read Postgres first.</returns>
    public bool IsContiguous(LiveText piece) =>
        HasEnded(piece.ActivationId, piece.Fence)
        || (_following.TryGetValue(piece.ActivationId, out var generation)
            && (generation.Fence > piece.Fence || (generation.Fence == piece.Fence && generation.Offset >= piece.Offset)));

    /// <summary>Stream item for the new part of a live piece. Call it only when <see cref="IsContiguous"/>.</summary>
    public StreamItem? ItemFor(LiveText piece)
    {
        if (!_following.TryGetValue(piece.ActivationId, out var generation)
            || generation.Fence != piece.Fence
            || piece.Offset + piece.Text.Length <= generation.Offset)
        {
            return null;
        }

        return Token(piece.ActivationId, generation, piece.Text[(generation.Offset - piece.Offset)..]);
    }

    /// <summary>
    /// Whether to stop waiting for the text before a live piece. Its answer may have ended before the follower
    /// connected; Postgres has everything that still matters.
    /// </summary>
    /// <returns>True after so many calls for the same piece.</returns>
    public bool StopsWaitingFor(LiveText piece)
    {
        _reads = piece == _blocked ? _reads + 1 : 1;
        _blocked = piece;
        return _reads > MaxReads;
    }

    /// <summary>An item at the present cursor.</summary>
    public StreamItem ItemAtCursor(string name, object data) => new(name, Cursor.ToString(), data);

    /// <summary>Sends what is missing of <paramref name="content"/>.</summary>
    private IEnumerable<StreamItem> CatchUp(Guid activationId, string bot, long fence, int attempt, string content)
    {
        if (!_following.TryGetValue(activationId, out var generation))
        {
            generation = _following[activationId] = new FollowedGeneration(fence, 0);
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
            return ItemAtCursor(name, new GenerationEvent(activationId.ToString(), bot, attempt, ActivationState.Running));
        }
    }

    private StreamItem Token(Guid activationId, FollowedGeneration generation, string text)
    {
        var index = generation.Offset;
        generation.Offset += text.Length;
        Cursor = new StreamCursor(Sequence, activationId, generation.Fence, generation.Offset);
        return ItemAtCursor(StreamEvents.Token, new TokenEvent(text, index, activationId.ToString()));
    }

    private IEnumerable<StreamItem> End(ChannelActivity activity, string name, object data)
    {
        _following.Remove(activity.ActivationId);
        _ended[activity.ActivationId] = activity.Fence;

        // Only the last of the two moves the cursor: a follower cut off between them is sent again.
        var sent = ItemAtCursor(name, data);
        Cursor = new StreamCursor(Sequence, activity.ActivationId, activity.Fence, null);
        return [sent, ItemAtCursor(StreamEvents.Done, DoneOf(activity))];
    }

    private bool HasEnded(Guid activationId, long fence) => _ended.TryGetValue(activationId, out var last) && fence <= last;

    private StreamItem At(string name, long sequence, object data)
    {
        Sequence = sequence;
        Cursor = StreamCursor.At(sequence);
        return ItemAtCursor(name, data);
    }

    private static GenerationEvent DoneOf(ChannelActivity activity) => new(
        activity.ActivationId.ToString(),
        activity.BotHandle,
        activity.Attempt,
        activity.State,
        activity.TraceId?.ToString(),
        activity.SilentReason);
}

/// <summary>How far a follower has come in one answer.</summary>
internal sealed class FollowedGeneration(long fence, int offset)
{
    /// <summary>The claim whose text was sent.</summary>
    public long Fence { get; private set; } = fence;

    /// <summary>UTF-16 units sent.</summary>
    public int Offset { get; set; } = offset;

    /// <summary>Another worker restarts it.</summary>
    public void Restart(long newFence)
    {
        Fence = newFence;
        Offset = 0;
    }
}
