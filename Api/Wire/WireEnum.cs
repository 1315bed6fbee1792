using Platform.Core.Storage;

namespace Platform.Api.Wire;

/// <summary>Enums in routes and queries, spelled as in bodies.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
internal static class WireEnum<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<string, TEnum> Values = Enum.GetValues<TEnum>().ToDictionary(EnumText.Of);

    /// <summary>Every spelling, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Values.Keys);

    /// <summary>Null when nothing is spelled so.</summary>
    public static TEnum? Parse(string? text) => text is not null && Values.TryGetValue(text, out var value) ? value : null;
}
