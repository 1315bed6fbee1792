namespace Platform.Core.Text;

/// <summary>The start of a text, never cut inside a surrogate pair.</summary>
public static class Preview
{
    /// <summary>Cuts <paramref name="text"/> to at most <paramref name="maxLength"/> UTF-16 units.</summary>
    public static string Of(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }
}
