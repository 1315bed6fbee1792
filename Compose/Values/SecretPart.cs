namespace Platform.Compose.Values;

/// <summary>The content of a file in the folder of secrets.</summary>
/// <param name="Name">The parameter, which is the file's name too.</param>
/// <param name="GeneratedLength">Length of a generated value; null when the operator must provide it.</param>
/// <param name="Filtered">Escaped for a URI.</param>
internal sealed record SecretPart(string Name, int? GeneratedLength, bool Filtered = false) : ValuePart;
