using System.ComponentModel;

namespace Hangfire;

public static class CompatibilityLevelExtensions
{
    /// <summary>Accepted, and of no effect here.</summary>
    /// <exception cref="InvalidEnumArgumentException">No such level.</exception>
    public static IGlobalConfiguration SetDataCompatibilityLevel(this IGlobalConfiguration configuration, CompatibilityLevel compatibilityLevel)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Enum.IsDefined(compatibilityLevel)
            ? configuration
            : throw new InvalidEnumArgumentException(nameof(compatibilityLevel), (int)compatibilityLevel, typeof(CompatibilityLevel));
    }
}
