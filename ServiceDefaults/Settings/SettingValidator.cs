using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Checks every options class that names its <c>Section</c> by the attributes of its properties, and by its own rules if it is an
/// <see cref="IValidatableObject"/>. A problem names key, short name, value, unit and what to write: the unit of a number is the
/// property's <see cref="DisplayFormatAttribute.DataFormatString"/> (<c>{0} bytes</c>); the error message of a <see cref="RangeAttribute"/> names what is
/// allowed beside the range.
/// </summary>
internal sealed class SettingValidator<TOptions> : IValidateOptions<TOptions>
    where TOptions : class
{
    private const string SectionField = "Section";

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private static readonly string? Section = typeof(TOptions).GetField(SectionField, BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
        ? field.GetRawConstantValue() as string
        : null;

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (Section is null)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = typeof(TOptions).GetProperties().SelectMany(property => Problems(property, options)).ToList();
        if (options is IValidatableObject rules)
        {
            problems.AddRange(rules.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage).OfType<string>());
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(PropertyInfo property, TOptions options)
    {
        var rules = property.GetCustomAttributes<ValidationAttribute>().ToList();
        var value = rules.Count == 0 ? null : property.GetValue(options);
        return rules.Where(rule => !rule.IsValid(value)).Select(rule => Describe(Name(property), property, value, rule));
    }

    private static string Describe(string name, PropertyInfo property, object? value, ValidationAttribute rule) => rule switch
    {
        RangeAttribute range when value is TimeSpan time && range.Maximum is TimeSpan most =>
            $"{name} is {Text(time)}; write {Text(range.Minimum)} to {Text(most)} ({(most >= OneDay || time >= OneDay ? "days." : "")}hours:minutes:seconds){Beside(range)}.",
        RangeAttribute range => $"{name} is {WithUnit(property, Text(value))}; write {WithUnit(property, $"{Text(range.Minimum)} to {Text(range.Maximum)}")}{Beside(range)}.",
        AllowedValuesAttribute allowed => $"{name} is '{Text(value)}'; write {string.Join(" or ", allowed.Values.Select(Text))}.",
        _ => rule.FormatErrorMessage(name),
    };

    private static string Beside(RangeAttribute range) => range.ErrorMessage is { } more ? $", or {more}" : "";

    private static string WithUnit(PropertyInfo property, string text) =>
        property.GetCustomAttribute<DisplayFormatAttribute>()?.DataFormatString is { } unit ? string.Format(CultureInfo.InvariantCulture, unit, text) : text;

    private static string Text(object? value) => value is TimeSpan time
        ? time.ToString(time.Milliseconds == 0 ? "c" : time.Days == 0 ? @"hh\:mm\:ss\.FFF" : "c", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Name(PropertyInfo property)
    {
        var key = $"{Section}:{property.Name}";
        return SettingAliases.All.FirstOrDefault(alias => alias.Key == key) is { } alias ? $"{key} ({alias.Name})" : key;
    }
}
