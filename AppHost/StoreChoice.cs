using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Platform.AppHost;

/// <summary>
/// Where Postgres and Redis run while developing: as containers, or as programs of this machine. A data folder keeps the kind it began with, since
/// neither kind can read what the other has written.
/// </summary>
/// <param name="UseContainers">False for local programs.</param>
/// <param name="Reason">Why, as the second half of a sentence.</param>
/// <param name="DataFolder">Full path of the folder that holds local databases, or names the volumes of containers.</param>
internal sealed record StoreChoice(bool UseContainers, string Reason, string DataFolder)
{
    /// <summary>The setting that decides by hand: <c>true</c> or <c>false</c>.</summary>
    public const string Setting = "PLATFORM_CONTAINERS";

    private const string Remedy =
        "To move the data: make a backup, start the other kind with another data folder, and restore it there (docs/operations.md, \"Data folder of ./run\").";

    private static readonly TimeSpan EnginePatience = TimeSpan.FromSeconds(10);

    /// <summary>Decides for a run.</summary>
    /// <param name="configuration">Holds <c>PLATFORM_DATA_DIR</c> and <see cref="Setting"/>, if they are set.</param>
    /// <param name="appHostFolder">The default data folder is <c>.data</c> beside it.</param>
    /// <param name="problem">The error when there is no choice: a setting that cannot be read or contradicts the data folder, or an engine that is not running.</param>
    /// <returns>Null exactly when there is a problem.</returns>
    public static StoreChoice? ForRun(IConfiguration configuration, string appHostFolder, out string? problem)
    {
        var folder = Path.GetFullPath(configuration["PLATFORM_DATA_DIR"] is { Length: > 0 } given ? given : Path.Combine(appHostFolder, "..", ".data"));
        var isLocal = Directory.Exists(Path.Combine(folder, "postgres", "cluster"));
        var isContainers = File.Exists(ContainerMark(folder));
        var setting = configuration[Setting]?.Trim().ToLowerInvariant() ?? "";
        problem = setting switch
        {
            "true" when isLocal => $"{Setting}=true, but {folder} holds a local database, which a container cannot open. {Remedy}",
            "false" when isContainers => $"{Setting}=false, but the data of {folder} is in container volumes. {Remedy}",
            "true" or "false" or "" => null,
            _ => $"{Setting} is '{setting}'; it must be true, false or not set.",
        };
        if (problem is not null)
        {
            return null;
        }

        if (setting.Length > 0)
        {
            return new(setting == "true", $"{Setting} is {setting}", folder);
        }

        if (isLocal)
        {
            return new(false, $"{folder} holds a local database", folder);
        }

        if (EngineAnswers())
        {
            return new(true, isContainers ? $"the data of {folder} is in container volumes" : "a container engine is running", folder);
        }

        problem = isContainers
            ? $"The data of {folder} is in container volumes, but no container engine is running. Start Docker or Podman, or choose another data folder."
            : null;
        return isContainers ? null : new(false, "no container engine is running", folder);
    }

    /// <summary>A volume's name: each data folder has volumes of its own.</summary>
    public string VolumeName(string name) =>
        $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DataFolder)))[..8]}";

    /// <summary>Makes the folder keep the kind that was chosen.</summary>
    public void Remember()
    {
        Directory.CreateDirectory(DataFolder);
        if (UseContainers)
        {
            File.WriteAllText(ContainerMark(DataFolder), $"{VolumeName("platform-postgres")}\n{VolumeName("platform-redis")}\n");
        }
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => $"Postgres and Redis run as {(UseContainers ? "containers" : "local programs")}: {Reason}.";

    private static string ContainerMark(string folder) => Path.Combine(folder, "container-volumes");

    private static bool EngineAnswers() => Answers("docker") || Answers("podman");

    private static bool Answers(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, "info") { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return false;
            }

            // Read to the end, or a full pipe would hold the process up.
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(EnginePatience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            // It is not installed.
            return false;
        }
    }
}
