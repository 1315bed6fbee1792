namespace Platform.Compose.Manifest;

/// <summary>Text that stands for itself.</summary>
internal sealed record LiteralPart(string Text) : ExpressionPart;
