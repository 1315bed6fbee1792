using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.Core.Yaml;

/// <summary>A plain value that looks like a number.</summary>
/// <param name="Value">The number, exact if it is whole; null when it is passed on as text or not at all.</param>
/// <param name="Error">Why the number cannot be passed on; null when it can.</param>
/// <param name="Warning">Why it is passed on as text although it looks like a number; null when nobody could be surprised.</param>
internal readonly record struct YamlNumberReading(JsonValue? Value, string? Error = null, string? Warning = null);

/// <summary>Reads numbers by the core schema of YAML 1.2 (section 10.3.2). No digit of a whole number is lost.</summary>
internal static partial class YamlNumber
{
    /// <summary>Reads a value that stood without quotes.</summary>
    /// <param name="text">The value.</param>
    public static YamlNumberReading Read(string text)
    {
        if (Whole().IsMatch(text))
        {
            return IsOctalLike(text) ? new(null, Warning: "begins with a zero, so it is passed on as text") : ReadWhole(text);
        }

        if (Hex().IsMatch(text))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? Exact(number) : TooLarge();
        }

        if (Octal().IsMatch(text))
        {
            return ReadOctal(text.AsSpan(2).TrimStart('0'));
        }

        if (Real().IsMatch(text))
        {
            return ReadReal(text);
        }

        return NotFinite().IsMatch(text) ? new(null, Error: "is no number that JSON has") : default;
    }

    private static YamlNumberReading ReadWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed) ? new(JsonValue.Create(signed))
        : ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unsigned) ? Exact(unsigned)
        : TooLarge();

    private static YamlNumberReading ReadOctal(ReadOnlySpan<char> digits)
    {
        const int MostDigits = 21; // 63 bits
        if (digits.Length > MostDigits)
        {
            return TooLarge();
        }

        ulong number = 0;
        foreach (var digit in digits)
        {
            number = (number * 8) + (ulong)(digit - '0');
        }

        return Exact(number);
    }

    private static YamlNumberReading ReadReal(string text)
    {
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var mantissa = text.AsSpan(0, text.AsSpan().IndexOfAny('e', 'E') is var exponent and >= 0 ? exponent : text.Length);
        return !double.IsFinite(number) ? new(null, Error: "is larger than any number that can be passed on")
            : number == 0 && mantissa.ContainsAnyInRange('1', '9') ? new(null, Error: "is so small that it would be passed on as 0")
            : new(JsonValue.Create(number));
    }

    private static YamlNumberReading Exact(ulong number) =>
        number <= long.MaxValue ? new(JsonValue.Create((long)number)) : new(JsonValue.Create(number));

    private static YamlNumberReading TooLarge() => new(null, Error: "is a whole number that cannot be passed on exactly");

    private static bool IsOctalLike(string text) => text.AsSpan().TrimStart("+-") is ['0', _, ..];

    [GeneratedRegex(@"\A[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex(@"\A0o[0-7]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Real();

    [GeneratedRegex(@"\A(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();
}
