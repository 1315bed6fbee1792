using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>The offline model: section <c>Rehearsal</c>.</summary>
public sealed class RehearsalOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Rehearsal";

    /// <summary>The pace of its answers, in estimated tokens a second; 0 sends them at once. 40; 0 to 10 000.</summary>
    [Range(0d, 10_000d), DisplayFormat(DataFormatString = "{0} tokens a second")]
    public double TokensPerSecond { get; set; } = 40;
}
