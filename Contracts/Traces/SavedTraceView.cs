namespace Platform.Contracts.Traces;

/// <summary>A saved view of the trace list: its filters, order and columns. Each key has its own.</summary>
/// <param name="Name">Unique among the key's views.</param>
/// <param name="Query">The query string of the list, without <c>?</c> and without a cursor. A relative time such as <c>24h</c> stays relative.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; when the query was last changed.</param>
public sealed record SavedTraceView(string Name, string Query, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Longest query, in UTF-16 units.</summary>
    public const int MaxQueryLength = 2000;

    /// <summary>Most views of a key.</summary>
    public const int MaxPerPrincipal = 50;

    /// <summary>Checks a name.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? ProblemWithName(string? name) => name switch
    {
        null => "The name is missing.",
        _ when string.IsNullOrWhiteSpace(name) => "The name is missing.",
        { Length: > MaxNameLength } => $"The name has {name.Length} characters; at most {MaxNameLength} are allowed.",
        "." or ".." => "The name must not consist of dots only.",
        _ when name.Any(char.IsControl) => "The name must not contain control characters.",
        _ when name.Contains('/') || name.Contains("%2F", StringComparison.OrdinalIgnoreCase) => "The name must not contain a slash.",
        _ => null,
    };
}

/// <summary>Answer of <c>GET /api/v1/trace-views</c>.</summary>
/// <param name="Views">By name.</param>
public sealed record SavedTraceViewList(IReadOnlyList<SavedTraceView> Views);

/// <summary>Body of <c>PUT /api/v1/trace-views/{name}</c>.</summary>
/// <param name="Query">The query string of the trace list; <c>cursor</c>, <c>limit</c> and <c>count</c> are left out.</param>
public sealed record SaveTraceViewRequest(string? Query);
