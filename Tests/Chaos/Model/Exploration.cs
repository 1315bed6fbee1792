namespace Platform.Tests.Chaos.Model;

/// <summary>What an exploration found.</summary>
/// <param name="States">How many states were looked at.</param>
/// <param name="Steps">How many steps lead from one to another.</param>
/// <param name="Broken">The sentence that does not hold; null when all hold.</param>
/// <param name="Trace">The shortest way to where it does not hold; empty when all hold.</param>
internal sealed record Exploration(int States, int Steps, string? Broken, IReadOnlyList<Step> Trace)
{
    public override string ToString() => Broken is null
        ? $"{States} states and {Steps} steps, all as they should be"
        : $"Broken: {Broken}\n{string.Join('\n', Trace.Select((step, index) => $"{index + 1,4}. {step}"))}\n({States} states looked at)";
}
