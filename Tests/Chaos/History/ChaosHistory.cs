namespace Platform.Tests.Chaos.History;

/// <summary>What clients were told, and what the database, the streams and the receiver show afterwards.</summary>
public sealed record ChaosHistory
{
    /// <summary>In the order in which they were acknowledged.</summary>
    public IReadOnlyList<AcknowledgedPost> Posts { get; init; } = [];

    public IReadOnlyList<StoredActivation> Activations { get; init; } = [];

    /// <summary>Conversation → the places of the answers that a follower saw, in the order seen. Empty when nobody followed.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<long>> Followed { get; init; } = new Dictionary<Guid, IReadOnlyList<long>>();

    /// <summary>The effects that must have been delivered.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    public IReadOnlyList<EffectDelivery> Deliveries { get; init; } = [];

    public IReadOnlyList<Disturbance> Disturbances { get; init; } = [];
}
