using System.Reflection;

namespace Platform.Tests.ServiceDefaults.Settings;

/// <summary>The options classes of all hosts, found by their <c>Section</c>.</summary>
internal static class HostOptions
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. new[] { "Api", "Core", "ServiceDefaults", "Web", "Worker" }
            .SelectMany(project => Assembly.Load(project).GetTypes())
            .Where(type => SectionOf(type) is not null),
    ];

    public static IReadOnlyList<PropertyInfo> Properties { get; } =
        [.. Types.SelectMany(type => type.GetProperties()).Where(property => property.SetMethod is { IsPublic: true })];

    public static string KeyOf(PropertyInfo property) => $"{SectionOf(property.DeclaringType!)}:{property.Name}";

    public static string? SectionOf(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? (string?)field.GetRawConstantValue()
            : null;
}
