namespace Platform.Compose.Manifest;

/// <summary>A value made up at the first deployment, of letters and digits.</summary>
/// <param name="Length">In characters.</param>
internal sealed record GeneratedDefault(int Length)
{
    /// <exception cref="ComposeException">Other characters are demanded, or too few kinds allowed.</exception>
    public static GeneratedDefault Read(ManifestObject json)
    {
        var length = json.Number("minLength") ?? throw json.Wrong("minLength is missing");
        foreach (var kind in (string[])["Lower", "Upper", "Numeric"])
        {
            _ = json.Number($"min{kind}");
            if (json.Flag(kind.ToLowerInvariant()) is false)
            {
                throw json.Wrong($"values without {kind.ToLowerInvariant()} characters are not supported");
            }
        }

        // Special characters may be left out where they are only allowed: a value of letters and digits needs quoting nowhere.
        _ = json.Flag("special");
        if (json.Number("minSpecial") is > 0)
        {
            throw json.Wrong("values have only letters and digits, but minSpecial requires others");
        }

        json.End();
        return new GeneratedDefault(length);
    }
}
