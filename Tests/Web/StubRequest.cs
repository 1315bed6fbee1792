namespace Platform.Tests.Web;

/// <summary>A request that the stub received.</summary>
internal sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers);
