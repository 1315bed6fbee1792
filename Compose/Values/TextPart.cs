namespace Platform.Compose.Values;

/// <summary>Text that is known now.</summary>
internal sealed record TextPart(string Text) : ValuePart;
