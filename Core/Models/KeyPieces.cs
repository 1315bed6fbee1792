using System.Text;
using System.Text.Json;
using Platform.Contracts;

namespace Platform.Core.Models;

/// <summary>
/// Finds a key that a response holds in pieces: in the texts of several events or of several members, each of which looks like any text. A reader that
/// joins them, as a page does with a stream, would show the key.
/// </summary>
internal sealed class KeyPieces
{
    private const string DataField = "data:";

    /// <summary>The texts at one place of the documents, joined; the empty place has all of them.</summary>
    private readonly Dictionary<string, StringBuilder> _texts = new(StringComparer.Ordinal) { [""] = new StringBuilder() };

    private KeyPieces()
    {
    }

    /// <summary>Whether joined texts hold a key that the body itself, masked, does not show.</summary>
    /// <param name="body">A JSON document, events of a stream, or a document a line; anything else has no pieces.</param>
    /// <param name="mask">The keys.</param>
    public static bool AreIn(byte[] body, KeyMask mask)
    {
        if (!mask.HasSecrets)
        {
            return false;
        }

        var pieces = new KeyPieces();
        var text = Encoding.UTF8.GetString(body);
        if (!pieces.TryAdd(text))
        {
            pieces.AddEvents(text);
        }

        return pieces._texts.Values.Any(joined => mask.Find(joined.ToString(), isComplete: true, out _).Count > 0);
    }

    private void AddEvents(string text)
    {
        var data = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(DataField, StringComparison.Ordinal))
            {
                data.Append(line, DataField.Length, line.Length - DataField.Length);
            }
            else
            {
                // A blank line ends an event; without events each line may be a document.
                TryAdd(data.ToString());
                data.Clear();
                TryAdd(line);
            }
        }

        TryAdd(data.ToString());
    }

    private bool TryAdd(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            Add(document.RootElement, "");
            return true;
        }
        catch (JsonException)
        {
            // No document: a stream, or text that only begins like one.
            return false;
        }
    }

    private void Add(JsonElement element, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Add(member.Value, $"{place}.{LoneSurrogates.Replace(member.Name)}");
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Add(item, place);
                }

                break;
            case JsonValueKind.String:
                var text = LoneSurrogates.Read(element);
                _texts[""].Append(text);
                if (!_texts.TryGetValue(place, out var joined))
                {
                    _texts[place] = joined = new StringBuilder();
                }

                joined.Append(text);
                break;
            default:
                break;
        }
    }
}
