namespace Hangfire;

/// <summary>A configuration together with what was just added to it.</summary>
public interface IGlobalConfiguration<out T> : IGlobalConfiguration
{
    T Entry { get; }
}
