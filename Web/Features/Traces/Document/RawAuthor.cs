namespace Platform.Web.Features.Traces.Document;

/// <summary>Who wrote a Discord message.</summary>
public sealed record RawAuthor
{
    public string? Id { get; init; }

    public string? Username { get; init; }

    public string? DisplayName { get; init; }

    public bool Bot { get; init; }
}
