namespace Platform.Core.Traces;

/// <summary>The forms in which a message id is written. Ids are text: a snowflake does not fit into a JavaScript number.</summary>
public static class MessageIdText
{
    // Discord's first messages have 17 digits, ids of test servers fewer; anything shorter is another program's counter.
    private const int ShortestSnowflake = 15;

    /// <summary>Reduces <c>rm_&lt;container&gt;_&lt;snowflake&gt;</c> and Discord message links to the snowflake; leaves any other id as it is.</summary>
    /// <param name="id">An id, or a link to a message.</param>
    public static string Normalise(string id)
    {
        var text = Asked(id);
        var start = text.Length;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        var isSnowflake = text.Length - start >= ShortestSnowflake && start > 0 && text[start - 1] == '_';
        return isSnowflake ? text[start..] : text;
    }

    /// <summary>The id as somebody asked for it: of a link its last part, else the text itself.</summary>
    public static string Asked(string id)
    {
        var text = id.Trim();
        return text.Contains("://", StringComparison.Ordinal) ? LastSegment(text) : text;
    }

    /// <summary>True for a bare snowflake.</summary>
    public static bool IsSnowflake(string id) => id.Length >= ShortestSnowflake && id.All(char.IsAsciiDigit);

    private static string LastSegment(string link)
    {
        var end = link.AsSpan().IndexOfAny('?', '#');
        var path = (end < 0 ? link : link[..end]).TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
