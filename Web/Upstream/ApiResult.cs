namespace Platform.Web.Upstream;

/// <summary>Result of a write: the created value, or the API's error message.</summary>
/// <typeparam name="T">Wire type of the value.</typeparam>
/// <param name="Value">Null when the request failed.</param>
/// <param name="Problem">Error message; null on success.</param>
internal sealed record ApiResult<T>(T? Value, string? Problem)
    where T : class;
