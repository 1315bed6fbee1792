using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Platform.Compose.Output;

/// <summary>Writes a tree of YAML, the same tree always as the same text.</summary>
internal static class YamlText
{
    private static readonly EmitterSettings Settings =
        new EmitterSettings().WithIndentedSequences().WithBestWidth(int.MaxValue).WithNewLine("\n").WithoutAnchorName();

    /// <summary>The tree below lines of comment.</summary>
    public static string Write(IEnumerable<string> comment, YamlNode root)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        foreach (var line in comment)
        {
            writer.WriteLine($"# {line}");
        }

        var emitter = new Emitter(writer, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                var isPlain = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, scalar.Value ?? "", isPlain ? ScalarStyle.Plain : scalar.Style, isPlain, !isPlain));
                break;
            case YamlSequenceNode list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in list)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case YamlMappingNode map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, map.Children.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    Emit(emitter, key);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            default:
                throw new InvalidOperationException($"No such node: {node.NodeType}");
        }
    }
}
