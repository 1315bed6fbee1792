namespace Platform.Compose.Values;

/// <summary>A variable of <c>.env</c>.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Default">Used when it is not set; null when it has to be.</param>
internal sealed record VariablePart(string Name, string? Default) : ValuePart
{
    public string ToComposeText() => Default is null ? $"${{{Name}:?set {Name} in .env}}" : $"${{{Name}:-{Default}}}";
}
