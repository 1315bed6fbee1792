namespace Platform.Compose.Profiles;

/// <summary>A port that the machine shows, as <c>ADDRESS:PORT</c>.</summary>
/// <param name="Address">The machine's own address.</param>
/// <param name="Port">The machine's port.</param>
internal sealed record PublishedPort(string Address, string Port)
{
    public static PublishedPort Parse(string text, ProfileMap yaml) => text.Split(':') switch
    {
        [{ Length: > 0 } address, { Length: > 0 } port] => new PublishedPort(address, port),
        _ => throw yaml.Wrong($"'{text}' is not a port; write ADDRESS:PORT"),
    };
}
