namespace Platform.Compose.Values;

/// <summary>Known text.</summary>
internal sealed record TextPart(string Text) : ValuePart;
