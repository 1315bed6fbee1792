using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Startup;

/// <summary>Which build runs, and where.</summary>
/// <param name="Service">The host's name.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="Commit">The commit it was built from; null when the build did not know.</param>
/// <param name="Built">When it was built, UTC, ISO 8601; null when unknown.</param>
/// <param name="Environment">For instance <c>Production</c>.</param>
public sealed record BuildInformation(string Service, string Version, string? Commit, string? Built, string Environment)
{
    private const string BuiltMetadata = "Built";

    // An image is named when it is made, not when its programs are compiled: the same ones run in staging first, then in production.
    private const string ImageVersion = "PLATFORM_IMAGE_VERSION";

    /// <summary>Version and commit: <c>1.2.0+4f1bba6</c>.</summary>
    public string VersionAndCommit() => Commit is null ? Version : $"{Version}+{Commit}";

    internal static BuildInformation Of(IHostEnvironment environment, string service)
    {
        var assembly = HostAssembly(environment);
        var stamp = System.Environment.GetEnvironmentVariable(ImageVersion) is { Length: > 0 } image
            ? image
            : assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var parts = stamp.Split('+', 2);
        return new BuildInformation(service, parts[0], parts.ElementAtOrDefault(1), BuiltAt(assembly), environment.EnvironmentName);
    }

    private static Assembly HostAssembly(IHostEnvironment environment)
    {
        var named = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == environment.ApplicationName);
        return named ?? Assembly.GetEntryAssembly() ?? typeof(BuildInformation).Assembly;
    }

    /// <summary>What the build wrote down, else the age of the file.</summary>
    private static string? BuiltAt(Assembly assembly)
    {
        var written = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == BuiltMetadata)?.Value;
        return written is { Length: > 0 } ? written
            : File.Exists(assembly.Location) ? File.GetLastWriteTimeUtc(assembly.Location).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : null;
    }
}
