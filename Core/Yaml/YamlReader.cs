using Platform.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Platform.Core.Yaml;

/// <summary>
/// Builds a tree from a YAML file's events, so that every value knows its line, keys written twice are seen,
/// and neither depth nor aliases can grow it beyond its bounds.
/// </summary>
internal sealed class YamlReader(ConfigProblems problems)
{
    private const int MaxDepth = 32;
    private const long MaxSize = 1024 * 1024;
    private const string MergeKey = "<<";

    private readonly Dictionary<string, ConfigNode> _anchors = [];
    private readonly Stack<string> _path = [];
    private string _text = "";

    /// <summary>Reads a file that holds one mapping.</summary>
    /// <param name="text">The file.</param>
    /// <returns>Null when it is empty, or cannot be read; the problem is then noted.</returns>
    public ConfigMap? Read(string text)
    {
        _text = text;
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? ReadDocument(parser) : null;
        }
        catch (YamlException exception)
        {
            AddSyntaxError(exception, text.Split('\n'));
            return null;
        }
    }

    private ConfigMap? ReadDocument(Parser parser)
    {
        var root = ReadNode(parser, depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.Current is DocumentStart second)
        {
            problems.Error(PlaceOf(second.Start), null, "A second YAML document begins here.", "Keep one document per file: remove the line ---, or move what follows to another file.");
        }

        switch (root)
        {
            case ConfigMap map:
                return map;
            case ConfigScalar { IsNull: true }:
                return null;
            default:
                problems.Error(root.Place, null, "The file must contain keys with values.", "Write one key a line, for example: name: Ada");
                return null;
        }
    }

    private ConfigNode ReadNode(Parser parser, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, "The alias here has no anchor before it.");
        }

        var start = parser.Consume<NodeEvent>();
        if (depth > MaxDepth)
        {
            throw new YamlException(start.Start, start.End, $"Values are nested deeper than {MaxDepth} levels.");
        }

        var node = Build(parser, start, depth);
        if (node.Size > MaxSize)
        {
            throw new YamlException(start.Start, start.End, $"The aliases in this value expand it beyond {MaxSize / 1024} Ki characters.");
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private ConfigNode Build(Parser parser, NodeEvent start, int depth) => start switch
    {
        Scalar scalar => new ConfigScalar(PlaceOf(start.Start), Storable(scalar), scalar.Style is ScalarStyle.Plain),
        SequenceStart => ReadList(parser, start, depth),
        MappingStart => ReadMap(parser, start, depth),
        _ => throw new YamlException(start.Start, start.End, "This is not a value."),
    };

    private ConfigList ReadList(Parser parser, NodeEvent start, int depth)
    {
        var items = new List<ConfigNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            _path.Push($"[{items.Count}]");
            items.Add(ReadNode(parser, depth + 1));
            _path.Pop();
        }

        return new ConfigList(PlaceOf(start.Start), items);
    }

    private ConfigMap ReadMap(Parser parser, NodeEvent start, int depth)
    {
        var entries = new Dictionary<string, ConfigEntry>(StringComparer.Ordinal);
        var merged = new List<ConfigEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Current;
            if (ReadNode(parser, depth + 1) is not ConfigScalar name)
            {
                throw new YamlException(key?.Start ?? start.Start, key?.End ?? start.End, "A key must be a single word.");
            }

            _path.Push(name.Text);
            var value = ReadNode(parser, depth + 1);
            _path.Pop();
            if (name is { Plain: true, Text: MergeKey } && value is ConfigMap map)
            {
                merged.AddRange(map.Entries);
                continue;
            }

            AddOnce(entries, new ConfigEntry(problems.File, name.Place, name.Text, value));
        }

        foreach (var entry in merged)
        {
            entries.TryAdd(entry.Key, entry);
        }

        return new ConfigMap(PlaceOf(start.Start), [.. entries.Values]);
    }

    private void AddOnce(Dictionary<string, ConfigEntry> entries, ConfigEntry entry)
    {
        if (!entries.TryAdd(entry.Key, entry))
        {
            problems.Error(entry.Place, entry.Key, $"Duplicate key {entry.Key} (first on line {entries[entry.Key].Place.Line}).", "Remove one of the two.");
        }
    }

    /// <summary>Text that Postgres would refuse is an error here; what is shown of it later must be storable all the same.</summary>
    private string Storable(Scalar scalar)
    {
        if (StorableText.Obstacle(scalar.Value) is not { } obstacle)
        {
            return scalar.Value;
        }

        var key = string.Join('.', _path.Reverse()).Replace(".[", "[", StringComparison.Ordinal);
        var place = PlaceOf(scalar.Start);
        problems.Error(
            place with { Line = place.Line + LinesToEscape((int)scalar.Start.Index, (int)scalar.End.Index) },
            key.Length == 0 ? null : key,
            $"{(scalar.IsKey || key.Length == 0 ? "A key" : key)} holds {obstacle}, which cannot be stored.",
            "Remove this escape, or write the character that is meant.");
        return StorableText.Repair(scalar.Value);
    }

    /// <summary>How many lines below its start a text in quotation marks, which alone has escapes, escapes something that cannot be stored.</summary>
    private int LinesToEscape(int start, int end)
    {
        var lines = 0;
        for (var i = Math.Max(0, start); i < Math.Min(end, _text.Length); i++)
        {
            if (_text[i] == '\n')
            {
                lines++;
            }
            else if (_text[i] == '\\')
            {
                var escape = _text.AsSpan(++i);
                if (escape is ['0', ..] or ['x', '0', '0', ..] or ['u', '0', '0', '0', '0', ..] or ['u' or 'U', 'd' or 'D', >= '8', ..]
                    || escape.StartsWith("U00000000") || escape.StartsWith("U0000D", StringComparison.OrdinalIgnoreCase))
                {
                    return lines;
                }

                lines += escape is ['\n', ..] ? 1 : 0;
            }
        }

        return 0;
    }

    private static ConfigPlace PlaceOf(Mark mark) => new((int)Math.Clamp(mark.Line, 1, int.MaxValue), (int)Math.Clamp(mark.Column, 1, int.MaxValue));

    /// <summary>Adds a problem of the parser or of this reader. Neither quotes the file, which may contain keys.</summary>
    private void AddSyntaxError(YamlException exception, string[] lines)
    {
        var place = PlaceOf(exception.Start) with { Line = (int)Math.Clamp(exception.Start.Line, 1, lines.Length) };
        var reason = exception.Message.Trim().TrimEnd('.');

        // The parser reports the value before the tab, which may start a line earlier.
        if (Enumerable.Range(place.Line, 2).FirstOrDefault(at => IsIndentedWithTab(lines, at)) is var tabbed and > 0)
        {
            problems.Error(new ConfigPlace(tabbed, 1), null, "The line is indented with a tab, which YAML does not allow.", "Indent with spaces.");
        }
        else if (reason.Contains("alias", StringComparison.OrdinalIgnoreCase))
        {
            problems.Error(place, null, $"{reason}.", "Write the value out instead of referring to it.");
        }
        else if (reason.Contains("nested deeper", StringComparison.Ordinal))
        {
            problems.Error(place, null, $"{reason}.", "Flatten the value.");
        }
        else
        {
            problems.Error(
                place,
                null,
                $"This is not valid YAML: {reason}.",
                "Check this line and the one before it: indent with spaces, close brackets and quotes, and put text in quotes that contains \": \" or begins with one of @ ` & * ! % [ {.");
        }
    }

    private static bool IsIndentedWithTab(string[] lines, int line) =>
        line <= lines.Length && lines[line - 1].TrimStart(' ').StartsWith('\t');
}
