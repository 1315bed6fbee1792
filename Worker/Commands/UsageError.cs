using System.CommandLine;
using System.CommandLine.Parsing;

namespace Platform.Worker.Commands;

/// <summary>Why a command line cannot be understood, in one sentence.</summary>
internal static class UsageError
{
    /// <summary>The sentence for the first error of <paramref name="parsed"/>.</summary>
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"See {Path(parsed.CommandResult)} --help.";
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var kind = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return $"Unknown {kind} '{unknown}'. {help}";
        }

        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return $"{Path(parsed.CommandResult)} needs a command: {string.Join(", ", command.Subcommands.Select(one => one.Name))}. {help}";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Implicit: true } option => $"{Path(parsed.CommandResult)} needs {option.Option.Name}. {help}",
            OptionResult { Tokens: [] } option => $"{option.Option.Name} needs a value. {help}",
            OptionResult { Tokens: [var token, ..] } option when option.Option.ValueType == typeof(int) => $"{option.Option.Name}: '{token.Value}' is not a whole number. {help}",
            OptionResult => $"{error.Message} {help}",
            _ when MissingOption(parsed) is { } missing => $"{Path(parsed.CommandResult)} needs {missing.Name}. {help}",
            _ when MissingArgument(parsed) is { } missing => $"{Path(parsed.CommandResult)} needs <{missing.Name}>. {help}",
            _ => $"{error.Message} {help}",
        };
    }

    private static Option? MissingOption(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is not { Implicit: false });

    private static Argument? MissingArgument(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 });

    /// <summary>The command as it is typed, such as <c>traces list</c>.</summary>
    private static string Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
