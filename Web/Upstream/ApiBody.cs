namespace Platform.Web.Upstream;

/// <summary>A raw body as the Api hands it out.</summary>
/// <param name="Text">As much as was read.</param>
/// <param name="Cut">True when there is more than <paramref name="Text"/>.</param>
internal sealed record ApiBody(string Text, bool Cut);
