namespace Platform.Web.Upstream;

/// <summary>What came of a write: a value, or a sentence about why the Api did not take it.</summary>
/// <typeparam name="T">The wire type of the answer.</typeparam>
/// <param name="Value">Null when it was not taken.</param>
/// <param name="Problem">Null when it was taken.</param>
internal sealed record ApiAnswer<T>(T? Value, string? Problem)
    where T : class;
