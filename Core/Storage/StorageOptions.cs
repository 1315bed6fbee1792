using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Storage;

/// <summary>How a host uses Postgres. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "platformdb";

    /// <summary>The connection string's name in the environment.</summary>
    public const string ConnectionSetting = "ConnectionStrings__platformdb";

    /// <summary>Maximum connections of this process, LISTEN included; 1 to 40. Set by the host, since the server has 50 for all.</summary>
    [Range(1, 40), DisplayFormat(DataFormatString = "{0} connections")]
    public int MaxConnections { get; set; } = 12;

    /// <summary>Timeout for connecting; 1 to 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Timeout of an ordinary statement; 1 second to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
