namespace Hangfire;

/// <summary>A job could not be created or changed.</summary>
#pragma warning disable CA1032 // The real one has this constructor only.
public class BackgroundJobClientException(string message, Exception inner) : Exception(message, inner);
#pragma warning restore CA1032
