namespace Platform.Tests.Infrastructure;

/// <summary>What the reader's system prefers (<c>prefers-color-scheme</c>).</summary>
public enum ColourScheme
{
    Light,
    Dark,
}
