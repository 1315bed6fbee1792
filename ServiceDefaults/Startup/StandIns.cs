using System.Reflection;

namespace Platform.ServiceDefaults.Startup;

/// <summary>Finds the stand-ins for packages that the registry lacked when this was built.</summary>
internal static class StandIns
{
    private const string Mark = "StandIn";

    /// <summary>Names of the loaded assemblies that carry the mark, in order.</summary>
    public static IReadOnlyList<string> InUse() =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
            .Where(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(metadata => metadata.Key == Mark))
            .Select(assembly => assembly.GetName().Name ?? "")
            .Order(StringComparer.Ordinal),
    ];
}
