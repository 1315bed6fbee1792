namespace Platform.Api.Features.Conversations;

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
