namespace Platform.Core.Models.Calls;

/// <summary>Counts tokens where no provider did: UTF-16 length divided by 3.5, rounded up.</summary>
/// <remarks>English prose lies near four characters a token, so this errs on the high side there; CJK and code may need more.</remarks>
public static class TokenEstimate
{
    private const double CharactersPerToken = 3.5;

    /// <summary>The estimate in tokens; 0 for no text.</summary>
    public static int Of(int utf16Length) => (int)Math.Ceiling(utf16Length / CharactersPerToken);

    /// <inheritdoc cref="Of(int)"/>
    public static int Of(string text) => Of(text.Length);
}
