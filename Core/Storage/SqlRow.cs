using Npgsql;

namespace Platform.Core.Storage;

/// <summary>The current row of a reader, read by column name. It is only valid until the next row is read.</summary>
/// <param name="reader">Positioned on a row. Npgsql keeps the ordinals of the names for the whole result, so a read costs one lookup.</param>
public readonly struct SqlRow(NpgsqlDataReader reader)
{
    /// <summary>Reads a column.</summary>
    /// <typeparam name="T">A <see cref="Nullable{T}"/> if the column may be NULL.</typeparam>
    /// <exception cref="IndexOutOfRangeException">The result has no such column.</exception>
    /// <exception cref="InvalidCastException">The column is of another type, or NULL.</exception>
    public T Get<T>(string column) => reader.GetFieldValue<T>(reader.GetOrdinal(column));

    /// <summary>Reads a text or an array that may be NULL.</summary>
    /// <inheritdoc cref="Get{T}"/>
    public T? GetOrNull<T>(string column)
        where T : class
    {
        var place = reader.GetOrdinal(column);
        return reader.IsDBNull(place) ? null : reader.GetFieldValue<T>(place);
    }

    /// <summary>Reads an enum, which the database spells as <see cref="EnumText"/> does.</summary>
    /// <exception cref="KeyNotFoundException">The text names no member.</exception>
    public TEnum Enum<TEnum>(string column)
        where TEnum : struct, Enum => EnumText.Parse<TEnum>(Get<string>(column));

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(string column) => reader.IsDBNull(reader.GetOrdinal(column));

    /// <summary>Reads the first column, whatever its name.</summary>
    internal T? First<T>() => reader.IsDBNull(0) ? default : reader.GetFieldValue<T>(0);
}
