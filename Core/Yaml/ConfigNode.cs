namespace Platform.Core.Yaml;

/// <summary>A position in a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct ConfigPlace(int Line, int Column);

/// <summary>A value of a YAML file.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Size">Characters of the value with everything in it, each alias counted in full; the bound against files that expand without end.</param>
internal abstract record ConfigNode(ConfigPlace Place, long Size);

/// <summary>A single value, still as text.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Text">Without quotes.</param>
/// <param name="Plain">True when it was unquoted, so that <c>true</c>, <c>1</c> and <c>null</c> are not text.</param>
internal sealed record ConfigScalar(ConfigPlace Place, string Text, bool Plain) : ConfigNode(Place, Text.Length + 1)
{
    /// <summary>True for an absent value, <c>~</c> and <c>null</c>.</summary>
    public bool IsNull => Plain && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>Null when it is neither <c>true</c> nor <c>false</c>.</summary>
    public bool? Flag => (Plain, Text) switch
    {
        (true, "true" or "True" or "TRUE") => true,
        (true, "false" or "False" or "FALSE") => false,
        _ => null,
    };
}

/// <summary>A list of values.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Items">In the order of the file.</param>
internal sealed record ConfigList(ConfigPlace Place, IReadOnlyList<ConfigNode> Items)
    : ConfigNode(Place, 1 + Items.Sum(item => item.Size));

/// <summary>Keys with their values.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Entries">In the order of the file; no key twice.</param>
internal sealed record ConfigMap(ConfigPlace Place, IReadOnlyList<ConfigEntry> Entries)
    : ConfigNode(Place, 1 + Entries.Sum(entry => entry.Key.Length + entry.Value.Size));

/// <summary>One key of a file.</summary>
/// <param name="File">The file, relative to the config folder; layers mix entries of several files.</param>
/// <param name="Place">Where the key begins.</param>
/// <param name="Key">As it is written there.</param>
/// <param name="Value">What it holds.</param>
internal sealed record ConfigEntry(string File, ConfigPlace Place, string Key, ConfigNode Value);
