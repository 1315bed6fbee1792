using System.Text;

namespace Platform.Worker.Features.Traces;

/// <summary>Colours for a terminal; plain text for everything else.</summary>
/// <param name="on">Whether to colour.</param>
internal sealed class Paint(bool on)
{
    private const char Stand = '\uFFFD';

    /// <summary>Colours only what a person sees: not files and pipes, and not where <c>NO_COLOR</c> asks for none (https://no-color.org).</summary>
    public static Paint For(TextWriter output) => new(
        ReferenceEquals(output, Console.Out)
        && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null));

    public string Bold(string text) => Wrap(text, 1);

    public string Dim(string text) => Wrap(text, 2);

    public string Red(string text) => Wrap(text, 31);

    public string Green(string text) => Wrap(text, 32);

    public string Yellow(string text) => Wrap(text, 33);

    /// <summary>Takes control characters out of text that others wrote: they could rewrite what the terminal shows. Line ends become <c>↵</c>.</summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal));
        for (var at = 0; at < clean.Length; at++)
        {
            clean[at] = clean[at] switch
            {
                '\n' => '↵',
                '\t' => ' ',
                var letter when char.IsControl(letter) => Stand,
                var letter => letter,
            };
        }

        return clean.ToString();
    }

    private string Wrap(string text, int code) => on ? $"\e[{code}m{text}\e[0m" : text;
}
