using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Access;

/// <summary>Credentials that the host accepts. Section <c>Access</c>; each key also under its guide's name, and from a file by <c>&lt;NAME&gt;_FILE</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Access";

    /// <summary>Shortest <see cref="JwtSecret"/>, in characters.</summary>
    public const int MinJwtSecretLength = 32;

    /// <summary>Shortest <see cref="ApiKey"/> and <see cref="AuthToken"/> in Production, in characters.</summary>
    public const int MinKeyLength = 32;

    /// <summary>The key of programs (<c>API_KEY</c>); null for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The token of people and trace viewers (<c>AUTH_TOKEN</c>); null for none.</summary>
    public string? AuthToken { get; set; }

    /// <summary>Signs JWTs (<c>JWT_SECRET</c>), at least 32 characters; null for none.</summary>
    public string? JwtSecret { get; set; }

    /// <summary>How many wrong keys in a row an address may send before it has to wait; 5 by default, 1 to 1000000.</summary>
    [Range(1, 1_000_000), DisplayFormat(DataFormatString = "{0} wrong keys")]
    public int FreeAttempts { get; set; } = 5;
}
