using System.Diagnostics.CodeAnalysis;

namespace Hangfire;

/// <summary>The form in which the real package stores its data; the stand-in has one form of its own.</summary>
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "The real names.")]
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The real values.")]
public enum CompatibilityLevel
{
    Version_110 = 110,
    Version_170 = 170,
    Version_180 = 180,
}
