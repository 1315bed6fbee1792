using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.Tests.Core.Traces.ChapterX;

/// <summary>Trace files as no program should write them, made from the samples. The same seed makes the same files.</summary>
internal sealed class TraceMutations(int seed)
{
    private const string Mark = "@@mark@@";
    private const int KeptItems = 2;

    // Real depth is below ten; what is deeper than 512 is refused, and must be so without a stack overflow.
    private const int Deep = 10_000;

    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>Every mutation, each with an id of its own as far as it left any.</summary>
    public IEnumerable<TraceMutation> All()
    {
        var samples = Directory.GetFiles(Path.Combine(Samples.Path("chapterx-logs"), "traces"), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => Shortened(File.ReadAllText(path))).ToList();
        var rich = samples.OrderByDescending(sample => Paths(sample).Count).First();
        var failed = samples.First(sample => sample.Contains("\"success\":false", StringComparison.Ordinal));
        return samples.SelectMany(Truncated)
            .Concat(samples.SelectMany(Scrambled))
            .Concat(WrongTypes(rich)).Concat(WrongTypes(failed))
            .Concat(DuplicateKeys(rich))
            .Concat(Nested(rich)).Concat(Encodings(rich)).Concat(Oddities(rich));
    }

    /// <summary>Values that a key may not expect, as JSON.</summary>
    public IReadOnlyList<string> Tokens() =>
    [
        "null", "true", "0", "-1", "3.7", "1e400", "-1e-400", "99999999999999999999999", new string('9', 5000), "\"\"", "\"x\"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud83e\"", "\"\\udd8ax\"", "\"\\ud83e\\ud83e\\udd8a\"", "\"\uFFFF\uFFFE\"", "[]", "{}", "[[[]]]", "[null,1,\"\\u0000\",{}]",
        "{\"a\":{\"a\":{}}}", "\"2026-13-45T99:99:99Z\"", "\"9999-12-31T23:59:59.999Z\"", "\"9999-12-31T23:59:59.999-14:00\"", "\"0001-01-01T00:00:00+14:00\"",
        "NaN", "'x'", "01", "\"\\x\"", $"\"{Noise(9000)}\"", $"\"{string.Join(' ', Enumerable.Range(0, 2000).Select(_ => Noise(6)))}\"",
    ];

    private static string Shortened(string json)
    {
        var node = JsonNode.Parse(json) ?? throw new InvalidOperationException("A sample is null.");
        Shorten(node);
        return node.ToJsonString();
    }

    private static void Shorten(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            while (array.Count > KeptItems)
            {
                array.RemoveAt(KeptItems);
            }
        }

        foreach (var child in Children(node))
        {
            Shorten(child.Value);
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Children(JsonNode? node) => node switch
    {
        JsonObject properties => properties,
        JsonArray items => items.Select((item, index) => KeyValuePair.Create(index.ToString(CultureInfo.InvariantCulture), item)),
        _ => [],
    };

    private IEnumerable<TraceMutation> Truncated(string json)
    {
        var bytes = Named(json);
        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 40))
        {
            yield return Make("cut", Named(json)[..length]);
        }
    }

    private IEnumerable<TraceMutation> Scrambled(string json)
    {
        for (var round = 0; round < 50; round++)
        {
            List<byte> bytes = [.. Named(json)];
            for (var edit = _random.Next(1, 8); edit > 0; edit--)
            {
                Scramble(bytes);
            }

            yield return Make("scrambled", [.. bytes]);
        }
    }

    private void Scramble(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count);
        switch (_random.Next(5))
        {
            case 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1:
                bytes.Insert(at, (byte)"{}[]\",:\\0\0\n"[_random.Next(11)]);
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(_random.Next(1, 20), bytes.Count - at - 1));
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(_random.Next(bytes.Count / 2), _random.Next(1, 40)));
                break;
            default:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
        }
    }

    private IEnumerable<TraceMutation> WrongTypes(string json)
    {
        var tokens = Tokens();
        foreach (var path in Paths(json))
        {
            for (var round = 0; round < 5; round++)
            {
                var token = tokens[_random.Next(tokens.Count)];
                yield return Make("type", Named(Replaced(json, path, _ => token)));
            }
        }
    }

    private IEnumerable<TraceMutation> DuplicateKeys(string json)
    {
        var tokens = Tokens();
        foreach (var path in Paths(json).Where(path => !char.IsAsciiDigit(path[^1][0])))
        {
            var token = tokens[_random.Next(tokens.Count)];
            yield return Make("twice", Named(Replaced(json, path, old => $"{old},\"{path[^1]}\":{token}")));
        }
    }

    private IEnumerable<TraceMutation> Nested(string json)
    {
        string[] nests =
        [
            new string('[', Deep) + new string(']', Deep),
            string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep),
            new string('[', Deep),
            new string('[', 100) + new string(']', 100),
            new string('[', 505) + new string(']', 505),
        ];
        foreach (var nest in nests)
        {
            yield return Make("deep", Encoding.UTF8.GetBytes(nest));
            foreach (var path in (string[][])[["config"], ["activation"], ["llmCalls", "0"], ["toolExecutions", "0", "input"], ["traceId"]])
            {
                yield return Make("deep", Named(Replaced(json, path, _ => nest)));
            }
        }
    }

    private IEnumerable<TraceMutation> Encodings(string json)
    {
        yield return Make("bom", [0xEF, 0xBB, 0xBF, .. Named(json)]);
        yield return Make("utf16", Encoding.Unicode.GetBytes(json));
        yield return Make("utf32", Encoding.UTF32.GetBytes(json));
        byte[][] wrong = [[0xC3, 0x28], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x00]];
        foreach (var bytes in wrong)
        {
            foreach (var path in (string[][])[["botId"], ["channelId"], ["config", "name"], ["outcome", "responseText"]])
            {
                var text = Named(Replaced(json, path, _ => $"\"{Mark}\""));
                var at = text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark));
                yield return Make("encoding", [.. text[..at], .. bytes, .. text[(at + Mark.Length)..]]);
            }
        }
    }

    private IEnumerable<TraceMutation> Oddities(string json)
    {
        foreach (var text in (string[])["", " ", "\n", "null", "true", "1", "\"x\"", "[]", "{}", "{}{}", "{\"traceId\":1}", "//", "\0", "{\"traceId\":\"\",\"timestamp\":\"\"}"])
        {
            yield return Make("odd", Encoding.UTF8.GetBytes(text));
        }

        // A snowflake written as a number keeps its digits.
        foreach (var key in (string[])["channelId", "triggeringMessageId", "guildId"])
        {
            yield return Make("number-id", Named(Replaced(json, [key], _ => "1289595876716707914")));
        }

        yield return Make("long-array", Named(Replaced(json, ["llmCalls"], _ => $"[{string.Join(',', Enumerable.Repeat("{}", 5000))}]")));
        yield return Make("long-array", Named(Replaced(json, ["outcome", "sentMessageIds"], _ => $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(id => $"\"{id}\""))}]")));
        yield return Make("long-string", Named(Replaced(json, ["outcome", "responseText"], _ => $"\"{new string('x', 2_000_000)}\"")));
        yield return Make("long-string", Named(Replaced(json, ["activation", "triggerEvents"], _ => $"[{{\"contentPreview\":\"{string.Concat(Enumerable.Repeat("\\ud83e\\udd8a", 100_000))}\"}}]")));
    }

    private static List<string[]> Paths(string json)
    {
        List<string[]> paths = [];
        Collect(JsonNode.Parse(json), [], paths);
        return paths;
    }

    private static void Collect(JsonNode? node, string[] path, List<string[]> paths)
    {
        foreach (var (key, child) in Children(node).Where(child => node is JsonObject || child.Key == "0"))
        {
            string[] inner = [.. path, key];
            paths.Add(inner);
            Collect(child, inner, paths);
        }
    }

    private static string Replaced(string json, string[] path, Func<string, string> replace)
    {
        var root = JsonNode.Parse(json) ?? throw new InvalidOperationException("A sample is null.");
        var parent = path[..^1].Aggregate(root, Child);
        var old = "null";
        if (parent is JsonArray array)
        {
            var index = int.Parse(path[^1], CultureInfo.InvariantCulture);
            old = array[index]?.ToJsonString() ?? old;
            array[index] = Mark;
        }
        else
        {
            old = parent[path[^1]]?.ToJsonString() ?? old;
            parent[path[^1]] = Mark;
        }

        return root.ToJsonString().Replace($"\"{Mark}\"", replace(old), StringComparison.Ordinal);
    }

    private static JsonNode Child(JsonNode node, string key) =>
        (node is JsonArray array ? array[int.Parse(key, CultureInfo.InvariantCulture)] : node[key])
        ?? throw new InvalidOperationException($"There is no '{key}'.");

    /// <summary>Gives a copy an id of its own, in the document and in all ids made of it.</summary>
    private byte[] Named(string json)
    {
        const string key = "\"traceId\":\"";
        var at = json.IndexOf(key, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(at < 0 ? json : string.Concat(json.AsSpan(0, at + key.Length), Id(), json.AsSpan(at + key.Length + 8)));
    }

    private TraceMutation Make(string kind, byte[] bytes) =>
        new(kind, $"traces/Marsh Heron/1289595876716707914-{Id()}-2026-03-01T12-00-00-000Z.json", _number++, bytes);

    private string Id() => _number.ToString("x8", CultureInfo.InvariantCulture);

    private string Noise(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)_random.Next('a', 'z' + 1)));
}
