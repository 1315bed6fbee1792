namespace Platform.Core.Bots.Files;

/// <summary>A single value, still as text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">Without quotes.</param>
/// <param name="Plain">True when it stood without quotes, so that <c>true</c>, <c>1</c> and <c>null</c> are not text.</param>
internal sealed record ConfigScalar(int Line, string Text, bool Plain) : ConfigNode(Line, Text.Length + 1)
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
