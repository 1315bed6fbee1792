namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that the manifest refers to by an expression in braces.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}
