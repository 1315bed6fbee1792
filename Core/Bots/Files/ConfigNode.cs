namespace Platform.Core.Bots.Files;

/// <summary>A value of a YAML file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Size">Characters of the value with everything in it, each alias counted in full; the bound against files that expand without end.</param>
internal abstract record ConfigNode(int Line, long Size);
