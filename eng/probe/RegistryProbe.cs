using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Asks the registry for the real package behind each stand-in, in the exact version of Directory.Packages.props, and writes the
/// answer to artifacts/registry.props. MSBuild compiles this file when the question is open (RegistryProbe.targets).
/// </summary>
public sealed class RegistryProbe : Task
{
    private static readonly Regex Error = new Regex(@"\berror (?<code>[A-Z]+\d+)?\s*:\s*(?<text>.*)", RegexOptions.Compiled);

    /// <summary>The repository's folder.</summary>
    [Required]
    public string Root { get; set; }

    /// <summary>Hash of the NuGet configuration, the versions and the stand-ins' names; an answer with this key is still good.</summary>
    [Required]
    public string Key { get; set; }

    /// <summary>The package ids that have a stand-in.</summary>
    [Required]
    public string[] PackageIds { get; set; }

    /// <summary>The dotnet executable, or null for the one on the path.</summary>
    public string DotNet { get; set; }

    /// <summary>The sources given on the command line, or null.</summary>
    public string RestoreSources { get; set; }

    /// <summary>The NuGet configuration file given on the command line, or null.</summary>
    public string RestoreConfigFile { get; set; }

    private string Folder => Path.Combine(Root, "artifacts", "probe");

    private string AnswerFile => Path.Combine(Root, "artifacts", "registry.props");

    public override bool Execute()
    {
        Directory.CreateDirectory(Folder);

        // Projects build in parallel processes: the first asks, the others wait for it and find the answer.
        using (WaitForTurn())
        {
            return IsAnswered() || Ask();
        }
    }

    private FileStream WaitForTurn()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waiting.Elapsed < TimeSpan.FromMinutes(10))
            {
                Thread.Sleep(100);
            }
        }
    }

    private bool IsAnswered() => File.Exists(AnswerFile) && File.ReadAllText(AnswerFile).Contains(Key);

    private bool Ask()
    {
        WriteProject();
        var (exitCode, output) = Restore();
        if (exitCode == 0)
        {
            WriteAnswer(useStandIns: false);
            Log.LogMessage(MessageImportance.High, $"Registry: it holds all {PackageIds.Length} packages that have stand-ins; the real ones are used (artifacts/registry.props).");
            return true;
        }

        var missing = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var others = new List<string>();
        foreach (Match error in Error.Matches(output))
        {
            // "- Found 3 version(s) in nuget.org": an error's further lines look like errors of their own.
            if (error.Groups["text"].Value.TrimStart().StartsWith("- ", StringComparison.Ordinal))
            {
                continue;
            }

            var id = PackageIds.FirstOrDefault(candidate => IsMissing(error, candidate));
            if (id is null)
            {
                others.Add($"{error.Groups["code"].Value} {error.Groups["text"].Value}".Trim());
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count == 0 || others.Count > 0)
        {
            var reason = others.Count > 0 ? string.Join(Environment.NewLine, others.Distinct()) : output.Trim();
            Log.LogError($"The registry could not be asked for the packages behind eng/standins, so nothing was decided (-p:UseStandIns=true or =false decides by hand): {reason}");
            return false;
        }

        WriteAnswer(useStandIns: true);
        Log.LogMessage(MessageImportance.High, $"Registry: it lacks {string.Join(", ", missing)}; the {PackageIds.Length} stand-ins of eng/standins are used (artifacts/registry.props).");
        return true;
    }

    /// <summary>NU1101: no package of this id; NU1102: none in this version.</summary>
    private static bool IsMissing(Match error, string id) =>
        error.Groups["code"].Value is "NU1101" or "NU1102"
        && Regex.IsMatch(error.Groups["text"].Value, $@"^Unable to find package {Regex.Escape(id)}(?![\w-]|\.\w)", RegexOptions.IgnoreCase);

    /// <summary>A project of its own, shielded from the repository's Directory.* files but under its NuGet configuration.</summary>
    private void WriteProject()
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(Folder, name), "<Project />");
        }

        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(item => (string)item.Attribute("Include"), item => (string)item.Attribute("Version"), StringComparer.OrdinalIgnoreCase);
        var unversioned = PackageIds.Where(id => !versions.ContainsKey(id)).ToArray();
        if (unversioned.Length > 0)
        {
            throw new InvalidOperationException($"Directory.Packages.props has no version for {string.Join(", ", unversioned)}, which eng/standins stands in for.");
        }

        var project = new XElement("Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("NuGetAudit", "false")),
            new XElement("ItemGroup",
                PackageIds.Select(id => new XElement("PackageDownload", new XAttribute("Include", id), new XAttribute("Version", $"[{versions[id]}]")))));
        File.WriteAllText(Path.Combine(Folder, "probe.csproj"), project.ToString());
    }

    private (int ExitCode, string Output) Restore()
    {
        // A folder of its own: what an earlier build left in the machine's package cache says nothing about the registry.
        var packages = Path.Combine(Folder, "packages");
        if (Directory.Exists(packages))
        {
            Directory.Delete(packages, recursive: true);
        }

        var arguments = new StringBuilder("msbuild probe.csproj -t:Restore -v:quiet -nologo -tl:off -nodeReuse:false");
        arguments.Append(" \"-p:RestorePackagesPath=").Append(packages).Append('"');
        if (!string.IsNullOrEmpty(RestoreSources))
        {
            arguments.Append(" \"-p:RestoreSources=").Append(RestoreSources.Replace(";", "%3B")).Append('"');
        }

        if (!string.IsNullOrEmpty(RestoreConfigFile))
        {
            arguments.Append(" \"-p:RestoreConfigFile=").Append(Path.GetFullPath(RestoreConfigFile)).Append('"');
        }

        var start = new ProcessStartInfo(string.IsNullOrEmpty(DotNet) ? "dotnet" : DotNet, arguments.ToString())
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("NUGET_PACKAGES");

        using (var restore = Process.Start(start))
        {
            var errors = restore.StandardError.ReadToEndAsync();
            var output = restore.StandardOutput.ReadToEnd();
            restore.WaitForExit();
            return (restore.ExitCode, output + errors.GetAwaiter().GetResult());
        }
    }

    private void WriteAnswer(bool useStandIns)
    {
        var answer = new XElement("Project",
            new XElement("PropertyGroup",
                new XElement("RegistryAnswerKey", Key),
                new XElement("UseStandIns", useStandIns ? "true" : "false")));
        var draft = Path.Combine(Folder, "registry.props");
        File.WriteAllText(draft, answer.ToString());

        // A reader finds the old answer or the new one, never half of one.
        if (File.Exists(AnswerFile))
        {
            File.Replace(draft, AnswerFile, destinationBackupFileName: null);
        }
        else
        {
            File.Move(draft, AnswerFile);
        }
    }
}
