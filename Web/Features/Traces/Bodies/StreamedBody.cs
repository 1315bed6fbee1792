using System.Text;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces.Bodies;

/// <summary>Puts a streamed answer together again from its server-sent events.</summary>
internal static class StreamedBody
{
    private const string Data = "data:";

    /// <summary>Reads a stream of OpenAI's or Anthropic's kind.</summary>
    /// <returns>Null when it is none.</returns>
    public static BodyContent? Read(string text)
    {
        var answer = new StreamedAnswer();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                answer.Take(line[Data.Length..].Trim());
            }
        }

        return answer.ToContent();
    }

    private sealed class StreamedAnswer
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _thinking = new();
        private readonly StringBuilder _tool = new();
        private readonly Dictionary<string, string> _settings = [];
        private string? _toolName;
        private int _events;

        public void Take(string data)
        {
            try
            {
                using var document = JsonDocument.Parse(data);
                Take(document.RootElement);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // [DONE], the event that the end cut off, or a name that cannot be read.
            }
        }

        public BodyContent? ToContent()
        {
            if (_events == 0)
            {
                return null;
            }

            List<BodyBlock> blocks = [];
            var (thought, answer) = ThoughtSplitter.Split(LoneSurrogates.Replace(_text.ToString()));
            Add("thinking", LoneSurrogates.Replace(_thinking.ToString()) + thought.Trim(), null);
            Add("text", answer, null);
            Add("tool_use", LoneSurrogates.Replace(_tool.ToString()), _toolName);
            _settings["events"] = Components.Format.Number(_events);
            return new BodyContent([.. _settings.Select(pair => (pair.Key, pair.Value))], [new BodyMessage("assistant (from the stream)", blocks)], []);

            void Add(string kind, string content, string? name)
            {
                if (content.Length > 0 || (kind is "tool_use" && name is not null))
                {
                    blocks.Add(new BodyBlock(kind, content, name));
                }
            }
        }

        private void Take(JsonElement data)
        {
            if (data.ValueKind is not JsonValueKind.Object)
            {
                return;
            }

            _events++;
            Note(data, "model");
            Note(data, "usage");
            Note(data, "error");
            if (data.TryGetProperty("message", out var message))
            {
                Note(message, "model");
            }

            if (data.TryGetProperty("choices", out var choices) && choices.ValueKind is JsonValueKind.Array)
            {
                foreach (var choice in choices.EnumerateArray())
                {
                    TakeChoice(choice);
                }
            }

            if (data.TryGetProperty("content_block", out var block) && BodyReader.Text(block, "name") is { } name)
            {
                _toolName = name;
            }

            if (data.TryGetProperty("delta", out var delta))
            {
                TakeDelta(delta);
                Note(delta, "stop_reason");
            }
        }

        private void TakeChoice(JsonElement choice)
        {
            Note(choice, "finish_reason");
            _text.Append(BodyReader.Text(choice, "text"));
            if (choice.ValueKind is not JsonValueKind.Object || !choice.TryGetProperty("delta", out var delta) || delta.ValueKind is not JsonValueKind.Object)
            {
                return;
            }

            if (delta.TryGetProperty("content", out var content))
            {
                foreach (var block in BlockReader.Read(content))
                {
                    (block.Kind is "thinking" ? _thinking : _text).Append(block.Text);
                }
            }

            _thinking.Append(BodyReader.Text(delta, "reasoning_content") ?? BodyReader.Text(delta, "reasoning"));
            if (delta.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is JsonValueKind.Array)
            {
                foreach (var function in calls.EnumerateArray().Where(call => call.ValueKind is JsonValueKind.Object)
                    .Select(call => call.TryGetProperty("function", out var one) ? one : call))
                {
                    _toolName = BodyReader.Text(function, "name") ?? _toolName;
                    _tool.Append(BodyReader.Text(function, "arguments"));
                }
            }
        }

        private void TakeDelta(JsonElement delta)
        {
            _text.Append(BodyReader.Text(delta, "text"));
            _thinking.Append(BodyReader.Text(delta, "thinking"));
            _tool.Append(BodyReader.Text(delta, "partial_json"));
        }

        private void Note(JsonElement source, string name)
        {
            if (source.ValueKind is JsonValueKind.Object && source.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                _settings[name] = value.ValueKind is JsonValueKind.String ? LoneSurrogates.Replace(LoneSurrogates.Read(value)) : value.GetRawText();
            }
        }
    }
}
