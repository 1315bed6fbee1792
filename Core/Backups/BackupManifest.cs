using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Contracts.Backups;

namespace Platform.Core.Backups;

/// <summary>The contents of a backup, written beside it as JSON and compared after a restore.</summary>
public sealed record BackupManifest
{
    /// <summary>The only format there is so far.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>See <see cref="CurrentFormat"/>.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Name of the dump, without its folder.</summary>
    public required string File { get; init; }

    public required BackupCause Cause { get; init; }

    /// <summary>UTC, on the database's clock; what was committed before is in it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Version and commit of the platform that made it.</summary>
    public required string Version { get; init; }

    /// <summary>The newest migration.</summary>
    public required string Migration { get; init; }

    /// <summary>Version of the server, e.g. <c>17.6</c>.</summary>
    public required string Server { get; init; }

    /// <summary>Of the dump.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Of the dump, in hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows of every table, partitions counted with their parent.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>The last value of every sequence when the backup began, which the dump may be ahead of; null for one that gave none yet.</summary>
    public required IReadOnlyDictionary<string, long?> Sequences { get; init; }

    /// <summary>SHA-256 of some trace documents, uncompressed, in hex digits, by the trace's id.</summary>
    public required IReadOnlyDictionary<string, string> TraceSample { get; init; }

    /// <summary>Writes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads one.</summary>
    /// <exception cref="BackupException">It is not a manifest, or has a later format.</exception>
    public static BackupManifest Parse(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(text, Json) is { Format: CurrentFormat } manifest
                ? manifest
                : throw new BackupException($"{path} has a format that this version does not support; restore it with the version that made it.");
        }
        catch (JsonException exception)
        {
            throw new BackupException($"{path} is not a backup manifest: {exception.Message}", exception);
        }
    }
}
