using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Platform.Core.Bots.Files;

/// <summary>
/// Builds a tree from a YAML file's events, so that every value knows its line, keys written twice are seen,
/// and neither depth nor aliases can grow it beyond its bounds.
/// </summary>
internal sealed class YamlTreeReader(FileProblems problems)
{
    private const int MaxDepth = 32;
    private const long MaxSize = 1024 * 1024;
    private const string MergeKey = "<<";

    private readonly Dictionary<string, ConfigNode> _anchors = [];

    /// <summary>Reads a file that holds one mapping.</summary>
    /// <param name="text">The file.</param>
    /// <returns>Null when it cannot be read; the problem is then noted.</returns>
    public ConfigMap? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? ReadDocument(parser) : Empty();
        }
        catch (YamlException exception)
        {
            var fault = YamlFault.Describe(exception, text.Split('\n'));
            problems.Error(fault.Line, null, fault.Message, fault.Remedy);
            return null;
        }
    }

    private ConfigMap? ReadDocument(Parser parser)
    {
        var root = ReadNode(parser, depth: 0);
        parser.Consume<DocumentEnd>();
        if (parser.Current is DocumentStart second)
        {
            problems.Error(LineOf(second.Start), null, "A second YAML document begins here.", "Keep one document a file: remove the line ---, or move what follows to a file of its own.");
        }

        switch (root)
        {
            case ConfigMap map:
                return map;
            case ConfigScalar { IsNull: true }:
                return Empty();
            default:
                problems.Error(root.Line, null, "The file does not hold keys with values.", "Write one key a line, for example: name: Ada");
                return null;
        }
    }

    private ConfigMap? Empty()
    {
        problems.Error(null, null, "The file is empty.", "Write at least name and continuation_model, or delete the file.");
        return null;
    }

    private ConfigNode ReadNode(Parser parser, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out var known)
                ? known
                : throw new YamlException(alias.Start, alias.End, $"The alias *{alias.Value} has no anchor before it.");
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
        Scalar scalar => new ConfigScalar(LineOf(start.Start), scalar.Value, scalar.Style is ScalarStyle.Plain),
        SequenceStart => ReadList(parser, start, depth),
        MappingStart => ReadMap(parser, start, depth),
        _ => throw new YamlException(start.Start, start.End, "This is no value."),
    };

    private ConfigList ReadList(Parser parser, NodeEvent start, int depth)
    {
        var items = new List<ConfigNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, depth + 1));
        }

        return new ConfigList(LineOf(start.Start), items);
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

            var value = ReadNode(parser, depth + 1);
            if (name is { Plain: true, Text: MergeKey } && value is ConfigMap map)
            {
                merged.AddRange(map.Entries);
                continue;
            }

            AddOnce(entries, new ConfigEntry(problems.File, name.Line, name.Text, value));
        }

        foreach (var entry in merged)
        {
            entries.TryAdd(entry.Key, entry);
        }

        return new ConfigMap(LineOf(start.Start), [.. entries.Values]);
    }

    private void AddOnce(Dictionary<string, ConfigEntry> entries, ConfigEntry entry)
    {
        if (!entries.TryAdd(entry.Key, entry))
        {
            problems.Error(entry.Line, entry.Key, $"The key {entry.Key} stands here a second time (first on line {entries[entry.Key].Line}).", "Remove one of the two.");
        }
    }

    private static int LineOf(Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);
}
