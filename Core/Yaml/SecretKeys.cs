using System.Text.RegularExpressions;

namespace Platform.Core.Yaml;

/// <summary>Detects credentials, which must never be stored with a bot's definition.</summary>
internal static partial class SecretKeys
{
    private static readonly HashSet<string> Words =
        ["token", "secret", "secrets", "password", "passwd", "passphrase", "apikey", "credential", "credentials", "authorization", "bearer"];

    /// <summary>True for keys such as <c>api_key</c>, <c>discord_token</c> or <c>client_secret</c>; false for <c>max_tokens</c> and for names of files.</summary>
    /// <param name="key">As written.</param>
    public static bool Names(string key)
    {
        var words = KeySpelling.Canonical(key).Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (words is [] || words[^1] is "file" or "path")
        {
            return false;
        }

        return words.Any(Words.Contains)
            || (words.Length > 1 && words[^1] is "key" && words[^2] is ("api" or "access" or "private"));
    }

    /// <summary>True for values of a well-known form of credential, whatever their key is called.</summary>
    /// <param name="value">A value of the file.</param>
    public static bool LooksLikeOne(string value) => KnownForms().IsMatch(value);

    /// <summary>Replaces each credential by a mark.</summary>
    /// <param name="text">A value of the file.</param>
    public static string Redact(string text) => KnownForms().Replace(text, "[secret]");

    [GeneratedRegex(@"\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|[MNO][A-Za-z0-9_-]{23,}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,})")]
    private static partial Regex KnownForms();
}
