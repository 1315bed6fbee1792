using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with values in it: at run time the values are filled in, in the manifest they stay expressions.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new(string.Empty, []);

    private readonly ConditionalReference? _condition;

    private ReferenceExpression(string format, IReadOnlyList<ReferencePart> parts)
    {
        Format = format;
        Parts = parts;
    }

    private ReferenceExpression(ConditionalReference condition)
        : this(string.Empty, []) => _condition = condition;

    /// <summary>A composite format string with one placeholder for each part.</summary>
    public string Format { get; }

    public string ValueExpression => _condition?.ValueExpression
        ?? string.Format(CultureInfo.InvariantCulture, Format, [.. Parts.Select(part => part.Provider.ValueExpression)]);

    internal IReadOnlyList<ReferencePart> Parts { get; }

    /// <summary>Set if the expression is one of two, chosen by a third value.</summary>
    internal ConditionalReference? Condition => _condition;

    IEnumerable<object> IValueWithReferences.References =>
        _condition is null ? Parts.Select(part => part.Value) : _condition.References;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary><paramref name="whenTrue"/> if the condition's value is <paramref name="matchValue"/>, whatever its case.</summary>
    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) =>
        new(new ConditionalReference(condition, matchValue, whenTrue, whenFalse));

    /// <summary>The text with its values, or null if it is empty.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        if (_condition is not null)
        {
            return await _condition.GetValueAsync(cancellationToken);
        }

        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[Parts.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var value = await Parts[index].Value.GetValueAsync(cancellationToken);
            values[index] = ReferencePart.ApplyFormat(value, Parts[index].Format);
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>Collects an interpolated string without evaluating its values.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _format = new(literalLength + (formattedCount * 3));
        private readonly List<ReferencePart> _parts = new(formattedCount);

        public readonly void AppendLiteral(string value) =>
            _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

        public readonly void AppendFormatted(string? value) => AppendFormatted(value, format: null);

        public readonly void AppendFormatted(string? value, string? format) =>
            AppendLiteral(ReferencePart.ApplyFormat(value, format) ?? string.Empty);

        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, format: null);

        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider
        {
            _format.Append(CultureInfo.InvariantCulture, $"{{{_parts.Count}}}");
            _parts.Add(new ReferencePart(valueProvider, valueProvider, format));
        }

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider.Resource, format: null);

        internal readonly ReferenceExpression Build() => new(_format.ToString(), _parts);
    }
}
