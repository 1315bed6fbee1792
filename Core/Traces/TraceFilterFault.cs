namespace Platform.Core.Traces;

/// <summary>A part of a filter that cannot be read.</summary>
/// <param name="Field">As the address names it.</param>
/// <param name="Message">What to write instead.</param>
public sealed record TraceFilterFault(string Field, string Message);
