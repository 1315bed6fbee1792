using System.Globalization;

namespace Platform.Api.Features.Conversations;

/// <summary>
/// A follower's position: the last message seen and, inside an answer, how much of it. Written as an event's id:
/// <c>7</c>, <c>7.ACTIVATION.FENCE.OFFSET</c> or, once the activation's end was sent, <c>7.ACTIVATION.FENCE.end</c>.
/// </summary>
/// <param name="Sequence">Sequence of the last message seen, 0 for none.</param>
/// <param name="ActivationId">The answer being followed; null between answers.</param>
/// <param name="Fence">The claim whose text was seen.</param>
/// <param name="Offset">UTF-16 units of that text seen; null when its end was sent.</param>
internal readonly record struct StreamCursor(long Sequence, Guid? ActivationId, long Fence, int? Offset)
{
    private const char Separator = '.';
    private const string End = "end";
    private const int LongParts = 4;

    public static StreamCursor At(long sequence) => new(sequence, null, 0, null);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Null when it is something else.</returns>
    public static StreamCursor? Parse(string text)
    {
        var parts = text.Split(Separator);
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return At(sequence);
        }

        if (parts.Length != LongParts
            || !Guid.TryParseExact(parts[1], "N", out var activationId)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var fence))
        {
            return null;
        }

        if (parts[3] == End)
        {
            return new StreamCursor(sequence, activationId, fence, null);
        }

        return int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new StreamCursor(sequence, activationId, fence, offset)
            : null;
    }

    public override string ToString() => ActivationId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{Sequence}{Separator}{id:N}{Separator}{Fence}{Separator}{(Offset is { } offset ? offset.ToString(CultureInfo.InvariantCulture) : End)}")
        : Sequence.ToString(CultureInfo.InvariantCulture);
}
