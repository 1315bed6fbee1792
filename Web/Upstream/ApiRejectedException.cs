namespace Platform.Web.Upstream;

/// <summary>The Api cannot read what the page asked for (400), most often because its address was changed by hand.</summary>
internal sealed class ApiRejectedException(string detail) : Exception(detail);
