using System.CommandLine;
using Platform.Compose.Output;

namespace Platform.Compose;

/// <summary>The command line: which profiles to write, or whether what is written is still right.</summary>
internal static class ComposeCommand
{
    private const int Failed = 1;

    public static RootCommand Create()
    {
        var profiles = new Option<string[]>("--profile")
        {
            Description = "A profile of deploy/profiles, such as production; may be given several times. Without it: all that have an output.",
        };
        var check = new Option<bool>("--check") { Description = "Write nothing; end with 1 when a file is not what would be written." };
        var root = new Option<DirectoryInfo?>("--root") { Description = "The repository; default: the nearest folder above that holds aspire-manifest.json." };
        var command = new RootCommand("Turns aspire-manifest.json and a profile into what a server runs.") { profiles, check, root };
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
