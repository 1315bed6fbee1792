using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Core.Storage;

/// <summary>Enums as the database and the wire spell them, for plain SQL.</summary>
public static class EnumText
{
    /// <summary>Spells <paramref name="value"/> in snake_case, e.g. <c>m_command</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => SnakeCaseEnumConverter<TEnum>.ToText(value);

    /// <summary>Reads what <see cref="Of{TEnum}"/> wrote.</summary>
    /// <exception cref="KeyNotFoundException">The text names no member.</exception>
    public static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum => SnakeCaseEnumConverter<TEnum>.ToValue(text);
}

/// <summary>Stores an enum as the same snake_case text that the wire uses.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
internal sealed class SnakeCaseEnumConverter<TEnum>() : ValueConverter<TEnum, string>(
    value => ToText(value),
    text => ToValue(text))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, TEnum> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToText(TEnum value) => Texts[value];

    public static TEnum ToValue(string text) => Values[text];
}
