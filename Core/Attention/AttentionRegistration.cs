using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Attention;

/// <summary>Puts the list of what needs attention into a host. Needs storage, models, backups and live channels.</summary>
public static class AttentionRegistration
{
    /// <summary>Registers <see cref="AttentionReader"/>.</summary>
    public static IServiceCollection AddAttention(this IServiceCollection services) => services.AddSingleton<AttentionReader>();
}
