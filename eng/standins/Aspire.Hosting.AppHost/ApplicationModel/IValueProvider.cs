namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something whose value is known when the graph runs.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}
