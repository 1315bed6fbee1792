using System.Text;

namespace Platform.ServiceDefaults.Startup;

/// <summary>The usage of a host, as <c>--help</c> prints it.</summary>
/// <param name="Program">The program's name, such as <c>Api</c>.</param>
/// <param name="About">What it is, in one sentence.</param>
/// <param name="Commands">Its commands beside <c>health</c>: how each is written, and what it does.</param>
public sealed record HostUsage(string Program, string About, params IReadOnlyList<(string Form, string About)> Commands)
{
    private IEnumerable<(string Form, string About)> All =>
        [("health [alive]", "check that this service, in the same container, is ready; alive: that its process answers. Exit code 0 or 1"), .. Commands];

    /// <summary>Whether the first argument is a command.</summary>
    public bool HasCommand(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args is [var first, ..] && All.Any(command => command.Form.Split(' ')[0] == first);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"Usage: dotnet {Program}.dll [COMMAND] [--KEY=VALUE ...]");
        text.AppendLine();
        text.AppendLine($"{About} Without a command it runs until it is stopped.");
        text.AppendLine();
        text.AppendLine("Commands:");
        foreach (var (form, about) in All)
        {
            text.AppendLine($"  {form,-16} {about}");
        }

        text.AppendLine();
        text.AppendLine("Settings come from environment variables (Http__Timeout), appsettings.json and arguments (--Http:Timeout=00:00:10).");
        text.Append("docs/configuration.md lists them. To run the whole platform: ./run on a laptop, ./platform on a server (docs/operations.md).");
        return text.ToString();
    }
}
