using System.CommandLine;
using Platform.Compose.Output;

namespace Platform.Compose;

/// <summary>The command line: writes the files, or checks that they are up to date.</summary>
internal static class ComposeCommand
{
    private const int Failed = 1;

    public static RootCommand Create()
    {
        var profiles = new Option<string[]>("--profile")
        {
            Description = "Name of a profile in deploy/profiles, such as production; repeatable. Default: all profiles that have an output.",
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 when a file is not up to date." };
        var root = new Option<DirectoryInfo?>("--root") { Description = "The repository's folder. Default: the nearest parent folder with aspire-manifest.json." };
        var command = new RootCommand("Writes compose files, secret lists and Unraid templates from aspire-manifest.json and deploy/profiles.") { profiles, check, root };
        command.SetAction(parsed => Run(parsed.GetValue(root), parsed.GetValue(profiles) ?? [], parsed.GetValue(check)));
        return command;
    }

    private static int Run(DirectoryInfo? root, IReadOnlyList<string> profiles, bool checkOnly)
    {
        try
        {
            var folder = root?.FullName ?? RepositoryFolder.Find();
            var stale = OutputFiles.Of(folder, profiles).Where(file => file.IsStaleIn(folder)).ToList();
            foreach (var file in stale)
            {
                if (!checkOnly)
                {
                    file.WriteTo(folder);
                }

                Console.WriteLine($"{(checkOnly ? "stale" : "wrote")} {file.Path}");
            }

            return checkOnly && stale.Count > 0 ? Failed : 0;
        }
        catch (ComposeException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return Failed;
        }
    }
}
