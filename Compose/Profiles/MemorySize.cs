using System.Globalization;

namespace Platform.Compose.Profiles;

/// <summary>An amount of memory in the units of Docker, which are powers of 1024.</summary>
/// <param name="Text">As it was written, such as <c>1G</c>.</param>
/// <param name="Bytes">In bytes.</param>
internal readonly record struct MemorySize(string Text, long Bytes)
{
    public static bool TryParse(string text, out MemorySize size)
    {
        var shift = text is [.., var unit] ? "KMG".IndexOf(unit, StringComparison.Ordinal) : -1;
        var isRead = shift >= 0 & long.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        size = new MemorySize(text, count << (10 * (shift + 1)));
        return isRead;
    }

    public override string ToString() => Text;
}
