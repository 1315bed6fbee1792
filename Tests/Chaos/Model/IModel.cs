namespace Platform.Tests.Chaos.Model;

/// <summary>A system small enough to look at every state it can get into.</summary>
/// <typeparam name="TWorld">A state, as a value without references and without gaps between its fields: it is compared byte by byte.</typeparam>
internal interface IModel<TWorld>
    where TWorld : unmanaged
{
    TWorld Start { get; }

    /// <summary>Adds every step that is possible, with the state it leads to.</summary>
    void AddSteps(in TWorld world, List<(Step Step, TWorld World)> next);

    /// <summary>True when everything that was asked for is done. From every state such a state must be within reach.</summary>
    bool IsDone(in TWorld world);
}
