namespace Platform.ServiceDefaults.Startup;

/// <summary>
/// What a host's command line may hold: its commands, <c>--help</c>, and settings in the forms that .NET's configuration reads
/// (<c>--Key=value</c>, <c>--Key value</c>, <c>Key=value</c>). Everything else is refused, since configuration would ignore it silently.
/// </summary>
public static class HostArguments
{
    /// <summary>The exit code for a command line that cannot be understood.</summary>
    public const int BadUsage = 2;

    /// <summary>Prints the usage for <c>--help</c>, or names an unknown argument.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="usage">The host's usage.</param>
    /// <returns>The exit code; null when the host, or one of the commands in <paramref name="usage"/>, is to run.</returns>
    public static async Task<int?> TryAnswerAsync(IReadOnlyList<string> args, HostUsage usage)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(usage);

        if (AsksForHelp(args))
        {
            await Console.Out.WriteLineAsync(usage.ToString());
            return 0;
        }

        if (usage.HasCommand(args) || FindUnknown(args) is not { } unknown)
        {
            return null;
        }

        await Console.Error.WriteLineAsync(Refusal(unknown));
        return BadUsage;
    }

    /// <summary>Whether one of the arguments is <c>--help</c>, <c>-h</c> or <c>-?</c>, or the first is <c>help</c>.</summary>
    public static bool AsksForHelp(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?");
    }

    /// <summary>The first argument that is not a setting; null when there is none.</summary>
    public static string? FindUnknown(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        for (var at = 0; at < args.Count; at++)
        {
            if (IsAssignment(args[at]))
            {
                continue;
            }

            if (!IsKey(args[at]) || at + 1 == args.Count || args[at + 1].StartsWith('-'))
            {
                return args[at];
            }

            at++; // Its value.
        }

        return null;
    }

    /// <summary>The sentence about an unknown argument.</summary>
    public static string Refusal(string unknown)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        return unknown.StartsWith('-')
            ? $"Unknown option '{unknown}'. Settings are written as --Key=value. See --help."
            : $"Unknown command '{unknown}'. See --help.";
    }

    private static bool IsAssignment(string arg) => arg.IndexOf('=', StringComparison.Ordinal) > NameStart(arg) && (!arg.StartsWith('-') || IsKey(arg));

    private static bool IsKey(string arg) => NameStart(arg) > 0 && arg.Length > NameStart(arg);

    private static int NameStart(string arg) => arg.StartsWith("--", StringComparison.Ordinal) ? 2 : arg.StartsWith('/') ? 1 : 0;
}
