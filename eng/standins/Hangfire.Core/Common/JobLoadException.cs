namespace Hangfire.Common;

/// <summary>A stored job names a type, a method or an argument that does not exist in this build.</summary>
#pragma warning disable CA1032 // The real one has this constructor only.
public class JobLoadException(string message, Exception? inner) : Exception(message, inner);
#pragma warning restore CA1032
