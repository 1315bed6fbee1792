namespace Platform.Tests.Chaos.Model;

/// <summary>Something that must hold after every step.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="Holds">Looks at what was, what happened and what is.</param>
internal sealed record Invariant<TWorld>(string Name, Invariant<TWorld>.Check Holds)
    where TWorld : unmanaged
{
    public delegate bool Check(in TWorld before, Step step, in TWorld after);

    public override string ToString() => Name;
}
