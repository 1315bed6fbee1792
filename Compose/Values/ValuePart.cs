namespace Platform.Compose.Values;

/// <summary>A piece of a <see cref="ResolvedValue"/>.</summary>
internal abstract record ValuePart;
