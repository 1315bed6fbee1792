using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Core.Access;

/// <summary>A sign-in. Whoever holds its id has the rights of the key that it was opened with, until it expires or is revoked.</summary>
public sealed class Session
{
    private const string Prefix = "session_";
    private const int IdBytes = 32;

    /// <summary>SHA-256 of the id; the id itself is not stored.</summary>
    public required byte[] IdHash { get; init; }

    public required string TenantId { get; init; }

    /// <summary>Name of the key that it was opened with; never the key itself.</summary>
    public required string Principal { get; init; }

    /// <summary>Of that key: see <see cref="KeyRing.Fingerprint"/>.</summary>
    public required byte[] KeyFingerprint { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; postponed while it is in use.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>A new id: 256 random bits.</summary>
    internal static string NewId() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether a credential is the id of a session, and not a key.</summary>
    public static bool IsId(string presented) => presented.StartsWith(Prefix, StringComparison.Ordinal)
        && Base64Url.IsValid(presented.AsSpan(Prefix.Length), out var bytes) && bytes == IdBytes;

    internal static byte[] Hash(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.IdHash);
    }
}
