using Platform.Compose.Manifest;
using Platform.Compose.Output.Unraid;
using Platform.Compose.Profiles;

namespace Platform.Compose.Output;

/// <summary>All files that come from a manifest and its profiles.</summary>
internal static class OutputFiles
{
    private const string EnvExampleFile = ".env.example";

    /// <summary>What would be written.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="names">Profiles; none means all.</param>
    /// <returns>A compose file and a list of what it needs for each profile, templates for those that ask for them, and the variables of all profiles there are.</returns>
    /// <exception cref="ComposeException">It cannot be done; the message names the resource or the profile.</exception>
    public static IReadOnlyList<OutputFile> Of(string root, IReadOnlyList<string> names)
    {
        var manifest = ManifestReader.Read(File.ReadAllText(Path.Combine(root, RepositoryFolder.ManifestFile)));
        var folder = new ProfileFile(Path.Combine(root, "deploy", "profiles"));
        var all = folder.Names.Select(folder.Read).OfType<Profile>().ToList();
        foreach (var name in names.Where(name => all.TrueForAll(profile => profile.Name != name)))
        {
            throw new ComposeException($"Profile '{name}': no such profile; profiles: {string.Join(", ", all.Select(profile => profile.Name))}.");
        }

        var files = all.Where(profile => names.Count == 0 || names.Contains(profile.Name)).SelectMany(profile => Of(manifest, profile)).Distinct().ToList();
        return files.CountBy(file => file.Path).FirstOrDefault(path => path.Value > 1) is { Key: { } twice }
            ? throw new ComposeException($"Profiles of one environment require different secrets or folders, or write the same file: {twice}.")
            : [.. files, new OutputFile(EnvExampleFile, EnvExample.Write(manifest, all))];
    }

    /// <summary>What one profile makes of the manifest.</summary>
    /// <exception cref="ComposeException">It cannot be done; the message names the resource or the profile.</exception>
    public static IEnumerable<OutputFile> Of(AppManifest manifest, Profile profile)
    {
        var needs = new HostNeeds(profile);
        var compose = new ComposeWriter(manifest, profile, needs).Write();
        yield return new OutputFile(profile.Output, compose);
        yield return new OutputFile(profile.Needs, needs.Write());
        foreach (var template in UnraidTemplates.Of(profile, compose))
        {
            yield return template;
        }
    }
}
