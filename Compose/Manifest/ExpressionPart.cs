namespace Platform.Compose.Manifest;

/// <summary>A piece of an <see cref="Expression"/>.</summary>
internal abstract record ExpressionPart;
