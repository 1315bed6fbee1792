namespace Platform.Web.Upstream;

/// <summary>The API returned 400, usually because the page's address was edited.</summary>
internal sealed class ApiBadRequestException(string detail) : Exception(detail);
