using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Writes rows of a binary COPY value by value. Values go to a buffer and now and then to the server, without awaiting each.</summary>
internal sealed class CopyRows(NpgsqlBinaryImporter importer) : IAsyncDisposable
{
    public static async Task<CopyRows> BeginAsync(NpgsqlConnection connection, string table, string columns, CancellationToken cancellationToken) =>
        new(await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)", cancellationToken));

    public CopyRows Row()
    {
        importer.StartRow();
        return this;
    }

    public CopyRows Text(string? value) => value is null ? Null() : Write(value, NpgsqlDbType.Text);

    public CopyRows Texts(string[] values) => Write(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public CopyRows Id(Guid? value) => value is null ? Null() : Write(value.Value, NpgsqlDbType.Uuid);

    public CopyRows Number(int? value) => value is null ? Null() : Write(value.Value, NpgsqlDbType.Integer);

    public CopyRows Long(long? value) => value is null ? Null() : Write(value.Value, NpgsqlDbType.Bigint);

    public CopyRows Flag(bool value) => Write(value, NpgsqlDbType.Boolean);

    public CopyRows Instant(DateTimeOffset value) => Write(value, NpgsqlDbType.TimestampTz);

    public CopyRows Day(DateOnly? value) => value is null ? Null() : Write(value.Value, NpgsqlDbType.Date);

    public CopyRows Bytes(byte[]? value) => value is null ? Null() : Write(value, NpgsqlDbType.Bytea);

    /// <summary>Ends the COPY; without it nothing is kept.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken) => await importer.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => importer.DisposeAsync();

    private CopyRows Null()
    {
        importer.WriteNull();
        return this;
    }

    private CopyRows Write<T>(T value, NpgsqlDbType type)
    {
        importer.Write(value, type);
        return this;
    }
}
