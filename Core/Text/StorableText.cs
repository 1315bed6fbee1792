using System.Text;

namespace Platform.Core.Text;

/// <summary>Postgres stores any text but U+0000 and halves of surrogate pairs that stand alone.</summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Names the first character that cannot be stored.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>For example <c>U+0000</c>; null when all of it can be stored.</returns>
    public static string? Obstacle(string text)
    {
        var at = IndexOfObstacle(text, 0);
        return at < 0 ? null : $"U+{(int)text[at]:X4}";
    }

    /// <summary>Puts U+FFFD in the place of each character that cannot be stored.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same text when there is none.</returns>
    public static string Repair(string text)
    {
        var at = IndexOfObstacle(text, 0);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text);
        for (; at >= 0; at = IndexOfObstacle(text, at + 1))
        {
            result[at] = Replacement;
        }

        return result.ToString();
    }

    private static int IndexOfObstacle(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
