using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tests.Journey;

/// <summary>A ChapterX logs folder in which every text of traces and bodies was chosen by somebody who means harm.</summary>
internal static class HostileLogs
{
    /// <summary>What an attack that works sets on the window.</summary>
    public const string Trophy = "breached";

    private const string ChannelId = "1289595876716707914";
    private const string Body = "request-2026-11-21T09-00-00-000Z.json";

    /// <summary>Texts by what they try; each set fills traces of its own.</summary>
    public static IReadOnlyDictionary<string, string[]> Texts { get; } = new Dictionary<string, string[]>
    {
        ["markup"] =
        [
            $"<script>window.{Trophy}=1</script>", $"\"><img src=x onerror=\"window.{Trophy}=1\">", $"'><svg/onload=window.{Trophy}=1>",
            "</style><style>*{display:none!important}</style>", $"</title></textarea></script><script>window.{Trophy}=1</script>",
            $"\" onmouseover=\"window.{Trophy}=1\" style=\"position:fixed;inset:0\" x=\"", $"<details open ontoggle=window.{Trophy}=1>",
        ],
        ["links"] =
        [
            $"javascript:window.{Trophy}=1//", $"[x](javascript:window.{Trophy}=1)", $"<a href=\"javascript:window.{Trophy}=1\">x</a>",
            $"data:text/html,<script>window.{Trophy}=1</script>", "//elsewhere.example/", "visually-hidden", "../../../etc/passwd", "?a=b#main",
        ],
        ["unseen"] =
        [
            "\u202egnp.exe\u202d \u2066evil", "\u202eABC", "\u200b\u200bzero\u200bwidth\u2060", "nul\u0000 bell\u0007 escape\u001b[31m",
            "Z\u0351\u036b\u0343\u0334\u0319A\u036b\u0357\u0362\u0335", "\u2028line\u2029sep", "👩‍👩‍👧‍👦", "half \ud83d", "\u061c\u2067open",
        ],
    };

    /// <summary>One trace and one body for each set, over and over the fields of a real trace and of our own part.</summary>
    public static MemoryStream Zip()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            List<string> index = [];
            foreach (var (number, (name, texts)) in Texts.Index())
            {
                var at = $"2026-11-21T{9 + number:00}:00:00.000Z";
                var id = $"{number:x8}";
                var bodyName = Body.Replace("09", $"{9 + number:00}", StringComparison.Ordinal);
                var file = $"{ChannelId}-{id}-{at.Replace(':', '-').Replace('.', '-')}.json";
                Write(archive, $"logs/traces/{name}/{file}", Trace(id, at, bodyName, new Filler(texts)).ToJsonString());
                Write(archive, $"logs/llm-requests/{bodyName}", Request(new Filler(texts)).ToJsonString());
                index.Add(JsonSerializer.Serialize(new
                {
                    traceId = id, timestamp = at, filename = file, channelId = ChannelId, botName = texts[0], channelName = texts[1], triggerPreview = texts[2], responsePreview = texts[3],
                }));
            }

            Write(archive, "logs/traces/index.jsonl", string.Join('\n', index) + '\n');
        }

        stream.Position = 0;
        return stream;
    }

    private static JsonObject Trace(string id, string at, string body, Filler filler)
    {
        var source = Directory.EnumerateFiles(Path.Combine(Samples.Path("chapterx-logs"), "traces"), "*-26956798-*.json", SearchOption.AllDirectories).Single();
        var trace = Parse(File.ReadAllText(source));
        trace["platform"] = Parse("""
            {"decision":[{"rule":"r","verdict":"v","detail":"d"},{"rule":"r","verdict":"v","detail":"d","decisive":false}],"attempt":2,"worker":"w","waitedMs":9,
             "modelOverride":"m","spans":[{"name":"n","offsetMs":1,"durationMs":2}],"verdicts":[{"kind":"k","name":"n","verdict":"v","detail":"d"}],
             "links":{"answerMessageId":"a","eventId":"e","jobId":"j","otelTraceId":"o","correlationId":"c","discordMessageUrl":"u"}}
            """);
        filler.Fill(trace);
        trace["traceId"] = id;
        trace["timestamp"] = at;
        Set(trace, $"javascript:window.{Trophy}=1", "platform", "links", "discordMessageUrl");
        Set(trace, new JsonArray(body), "llmCalls", "0", "requestBodyRefs");
        Set(trace, body, "llmCalls", "0", "requestBodyRef");
        return trace;
    }

    private static JsonObject Request(Filler filler)
    {
        var request = Parse("""
            {"model":"m","temperature":1,"stop_sequences":["s"],"system":[{"type":"text","text":"t","cache_control":{"type":"c"}}],
             "messages":[{"role":"r","content":"c"},{"role":"r","content":[{"type":"text","text":"t"},{"type":"tool_use","name":"n","id":"i","input":{"k":"v"}},{"type":"k","text":"t"}]}],
             "tools":[{"name":"n","description":"d","input_schema":{"type":"object","properties":{"p":{"type":"string","description":"d"}}}}]}
            """);
        filler.Fill(request);
        Set(request, "text", "messages", "1", "content", "0", "type");
        Set(request, "tool_use", "messages", "1", "content", "1", "type");
        return request;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)?.AsObject() ?? throw new InvalidOperationException("It is null.");

    private static void Write(ZipArchive archive, string path, string content)
    {
        using var writer = new StreamWriter(archive.CreateEntry(path, CompressionLevel.Fastest).Open());
        writer.Write(content);
    }

    private static void Set(JsonNode root, JsonNode value, params ReadOnlySpan<string> path)
    {
        var node = root;
        foreach (var name in path[..^1])
        {
            node = (node is JsonArray items ? items[int.Parse(name, CultureInfo.InvariantCulture)] : node[name]) ?? throw new InvalidOperationException($"There is no {name}.");
        }

        node[path[^1]] = value;
    }

    /// <summary>Puts the next text wherever there is one, and before the names of free-form settings.</summary>
    private sealed class Filler(string[] texts)
    {
        private int _next;

        public void Fill(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (name, value) in members.ToList())
                    {
                        members[name] = Filled(name, value);
                    }

                    break;
                case JsonArray items:
                    for (var index = 0; index < items.Count; index++)
                    {
                        items[index] = Filled("", items[index]);
                    }

                    break;
                default:
                    break;
            }
        }

        private JsonNode? Filled(string name, JsonNode? value)
        {
            if (value?.GetValueKind() is JsonValueKind.String)
            {
                return name is "startedAt" || name.EndsWith("imestamp", StringComparison.Ordinal) || name.EndsWith("Ref", StringComparison.Ordinal) ? value.DeepClone() : JsonValue.Create(texts[_next++ % texts.Length]);
            }

            Fill(value);
            if (name is not "config" || value is not JsonObject settings)
            {
                return value?.DeepClone();
            }

            return new JsonObject(settings.ToList().Select((setting, index) =>
                KeyValuePair.Create(texts[index % texts.Length][..Math.Min(200, texts[index % texts.Length].Length)] + index, setting.Value?.DeepClone())));
        }
    }
}
