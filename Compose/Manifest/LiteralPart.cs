namespace Platform.Compose.Manifest;

/// <summary>Literal text.</summary>
internal sealed record LiteralPart(string Text) : ExpressionPart;
