namespace Platform.Tests.Chaos.Model;

/// <summary>Who takes a step.</summary>
internal enum StepActor
{
    /// <summary>The clock, a client, the machine.</summary>
    World,

    /// <summary>A worker, for an activation that it claimed or claims.</summary>
    Run,

    /// <summary>A worker, for an outbox row that it claimed or claims.</summary>
    Relay,

    /// <summary>A worker that leads the scheduler, or tries to.</summary>
    Leader,
}
