using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One of two texts, chosen by the value of a third.</summary>
internal sealed class ConditionalReference(
    IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
{
    private readonly string _condition = ((IManifestExpressionProvider)condition).ValueExpression;

    public ReferenceExpression WhenFalse => whenFalse;

    /// <summary>Its name in the manifest: what it asks, and a hash of everything it is made of.</summary>
    public string Name => $"cond-{Slug(_condition)}-{Hash():x8}";

    public string ValueExpression => $"{{{Name}.connectionString}}";

    public IEnumerable<object> References => [condition, whenTrue, whenFalse];

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        var value = await condition.GetValueAsync(cancellationToken);
        var chosen = string.Equals(value, matchValue, StringComparison.OrdinalIgnoreCase) ? whenTrue : whenFalse;
        return await chosen.GetValueAsync(cancellationToken);
    }

    private static string Slug(string expression) =>
        string.Join('-', string.Concat(expression.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private uint Hash() =>
        XxHash32.Hash(Encoding.UTF8.GetBytes(_condition + whenTrue.ValueExpression + whenFalse.ValueExpression + matchValue));
}
