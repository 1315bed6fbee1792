namespace Platform.Web.Upstream;

/// <summary>A raw request or response body.</summary>
/// <param name="Text">The text up to the limit.</param>
/// <param name="IsTruncated">True when there is more than <paramref name="Text"/>.</param>
internal sealed record ApiBody(string Text, bool IsTruncated);
