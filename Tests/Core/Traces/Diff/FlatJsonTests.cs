using System.Text.Json;
using Platform.Core.Traces.Diff;

namespace Platform.Tests.Core.Traces.Diff;

public sealed class FlatJsonTests
{
    [Fact]
    public void Lines_Object_WritesALineAValueInTheOrderOfKeys()
    {
        var json = JsonElement.Parse("""{"b":[1.50,{"x":null}],"a":"one\ntwo","skipped":1,"c":{}}""");

        Assert.Equal(["a | one", "a | two", "b[0] = 1.5", "b[1].x = null", "c = {}"], FlatJson.Lines(json, "skipped"));
    }

    [Fact]
    public void Lines_LongNamesAroundManyValues_AreComparedAsFarAsMemoryGoes()
    {
        var name = new string('n', 10_000);
        var values = string.Join(',', Enumerable.Repeat("1", 100_000));
        var json = JsonElement.Parse(
            $"{string.Concat(Enumerable.Repeat($"{{\"{name}\":", 60))}[{values}]{new string('}', 60)}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var text = ComparedText.Of(FlatJson.Lines(json));

        Assert.Contains("only the first", text.Note, StringComparison.Ordinal);
        Assert.InRange(text.Lines.Sum(line => (long)line.Length), 1, ComparedText.MostCharacters);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * ComparedText.MostCharacters);
    }
}
