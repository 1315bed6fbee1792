namespace Platform.Compose.Manifest;

/// <summary>A property of another resource.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Path">Such as <c>bindings</c>, <c>tcp</c>, <c>host</c>.</param>
internal sealed record ReferencePart(string Resource, IReadOnlyList<string> Path) : ExpressionPart
{
    public override string ToString() => $"{{{Resource}.{string.Join('.', Path)}}}";
}
