namespace Platform.Compose.Manifest;

/// <summary>One input of a parameter.</summary>
/// <param name="Secret">It must not appear in a compose file.</param>
/// <param name="Default">Used unless another is given; null when there is none.</param>
/// <param name="Generated">How to make one up; null when it cannot be.</param>
internal sealed record ParameterInput(bool Secret, string? Default, GeneratedDefault? Generated);
