using System.Globalization;

namespace Platform.Core.Generations;

/// <summary>A piece of a partial answer, sent to followers.</summary>
/// <param name="ActivationId">The activation that writes.</param>
/// <param name="Fence">The claim that writes.</param>
/// <param name="Offset">Where the piece begins in the answer, in UTF-16 units.</param>
/// <param name="Text">Never cut inside a surrogate pair.</param>
public readonly record struct LiveText(Guid ActivationId, long Fence, int Offset, string Text)
{
    private const char Separator = '|';
    private const int PartCount = 4;

    /// <summary>Writes the piece as one line of four parts.</summary>
    public string Encode() => string.Create(
        CultureInfo.InvariantCulture, $"{ActivationId:N}{Separator}{Fence}{Separator}{Offset}{Separator}{Text}");

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <returns>Null when it is something else.</returns>
    public static LiveText? Decode(string line)
    {
        var parts = line.Split(Separator, PartCount);
        return parts.Length == PartCount
            && Guid.TryParseExact(parts[0], "N", out var activationId)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var fence)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var offset)
                ? new LiveText(activationId, fence, offset, parts[3])
                : null;
    }
}
