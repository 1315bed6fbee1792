namespace Platform.Tests.Chaos.Model;

/// <summary>One thing that happens in a model.</summary>
/// <param name="Actor">Who does it.</param>
/// <param name="What">A verb phrase, e.g. <c>claims activation</c>.</param>
/// <param name="Worker">The number of the worker that does it, from 0; -1 when none does.</param>
/// <param name="Row">The number of the row that it is about, from 0; -1 when it is about none.</param>
internal readonly record struct Step(StepActor Actor, string What, int Worker = -1, int Row = -1)
{
    public override string ToString()
    {
        var who = Actor switch
        {
            StepActor.Run => $"worker {Letter}",
            StepActor.Relay => $"relay of worker {Letter}",
            StepActor.Leader => $"scheduler of worker {Letter}",
            _ when Worker >= 0 => $"worker {Letter}",
            _ => "",
        };
        return $"{who} {What}{(Row >= 0 ? $" {Row + 1}" : "")}".TrimStart();
    }

    private char Letter => (char)('A' + Worker);
}
