namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that leans on other resources.</summary>
public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
