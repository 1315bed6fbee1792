namespace Platform.Compose.Manifest;

/// <summary>A resource that runs.</summary>
internal abstract record ServiceResource(string Name) : Resource(Name)
{
    public IReadOnlyList<Expression> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, Expression> Environment { get; init; } = new Dictionary<string, Expression>();

    public IReadOnlyList<Binding> Bindings { get; init; } = [];
}
