using System.Reflection;

namespace Aspire.Hosting.Running;

/// <summary>What the build noted in the AppHost's assembly (build/Aspire.Hosting.AppHost.targets).</summary>
internal sealed class BuildNotes
{
    private readonly Dictionary<string, string> _notes;

    private BuildNotes(Dictionary<string, string> notes) => _notes = notes;

    /// <summary>The AppHost's project file, or null outside an AppHost.</summary>
    public string? AppHostProjectPath => _notes.GetValueOrDefault("AppHostProjectPath");

    public string? UserSecretsId => _notes.GetValueOrDefault("AppHostUserSecretsId");

    /// <summary>The packages that stand-ins took the place of when the AppHost was built.</summary>
    public IReadOnlyList<string> StandIns =>
        _notes.GetValueOrDefault("AppHostStandIns", string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries);

    public static BuildNotes Of(Assembly assembly) => new(assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(note => note.Key.StartsWith("AppHost", StringComparison.Ordinal))
        .ToDictionary(note => note.Key, note => note.Value ?? string.Empty));

    /// <summary>The assembly that a referenced project was built to.</summary>
    /// <exception cref="DistributedApplicationException">The AppHost does not reference the project, or it has not been built.</exception>
    public string OutputOf(string projectPath)
    {
        var output = _notes.GetValueOrDefault($"AppHostReference:{projectPath}")
            ?? throw new DistributedApplicationException($"The AppHost does not reference {projectPath}.");
        return File.Exists(output)
            ? output
            : throw new DistributedApplicationException($"{output} is missing; build the AppHost first.");
    }
}
