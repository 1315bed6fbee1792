using System.Diagnostics;
using System.Text;

namespace Platform.Tests.Deployment;

/// <summary>The Docker engine of this machine, through its own command.</summary>
internal static class DockerEngine
{
    private static readonly Lazy<Task<string?>> Missing = new(FindMissingAsync);

    /// <summary>Why nothing can be deployed here; null when it can.</summary>
    public static Task<string?> WhyMissingAsync() => Missing.Value;

    /// <summary>Runs <c>docker</c> and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output) = await TryAsync(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"docker {string.Join(' ', arguments)} ended with {code}: {output}");
    }

    /// <summary>Runs <c>docker</c>; returns its exit code and all it printed, without the last line's end.</summary>
    public static async Task<(int Code, string Output)> TryAsync(params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + (process.ExitCode == 0 ? "" : await error)).TrimEnd());
    }

    /// <summary>What <c>docker inspect</c> says of a container.</summary>
    public static Task<string> InspectAsync(string container, string format) => RunAsync("inspect", "--format", format, container);

    /// <summary>Builds an image out of another one.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="dockerfile">Copies nothing from this machine.</param>
    public static async Task BuildAsync(string tag, string dockerfile)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("docker", ["build", "--quiet", "--tag", tag, "-"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            },
        };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(dockerfile);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The image {tag} could not be built: {await output}{await error}");
        }
    }

    private static async Task<string?> FindMissingAsync()
    {
        try
        {
            var (code, output) = await TryAsync("compose", "version");
            if (code != 0)
            {
                return $"Docker Compose v2 is not installed here ({output}).";
            }

            (code, output) = await TryAsync("info", "--format", "{{.ServerVersion}}");
            return code == 0 ? null : $"No Docker engine runs here ({output}).";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Docker is not installed here.";
        }
    }
}
