using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Platform.Core.Storage;

/// <summary>The database's functions that take texts apart into words. They run in the database only.</summary>
internal static class TraceWords
{
    /// <summary>The words of a trace; the index on it serves the search.</summary>
    [DbFunction("trace_words", IsBuiltIn = false)]
    public static NpgsqlTsVector Of(
        string? triggerPreview, string? responsePreview, string? channelName, string? participants, string? model, string? errorCode, string? errorMessage) =>
        throw new NotSupportedException($"{nameof(TraceWords)}.{nameof(Of)} runs in the database.");

    /// <summary>Asks for all words of a text, each by its beginning.</summary>
    [DbFunction("trace_query", IsBuiltIn = false)]
    public static NpgsqlTsQuery Query(string text) =>
        throw new NotSupportedException($"{nameof(TraceWords)}.{nameof(Query)} runs in the database.");

    /// <summary>Tells the model of both.</summary>
    public static void AddTo(ModelBuilder builder)
    {
        builder.HasDbFunction(typeof(TraceWords).GetMethod(nameof(Of)) ?? throw new MissingMethodException(nameof(Of)));
        builder.HasDbFunction(typeof(TraceWords).GetMethod(nameof(Query)) ?? throw new MissingMethodException(nameof(Query)));
    }
}
