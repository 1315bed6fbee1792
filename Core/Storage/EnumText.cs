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
