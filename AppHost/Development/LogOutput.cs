using System.Globalization;

namespace Platform.AppHost.Development;

/// <summary>Writes log lines, and goes on after a full disk refused some: what could not be written is counted and said.</summary>
/// <param name="output">Where lines go; it may throw <see cref="IOException"/>.</param>
internal sealed class LogOutput(TextWriter output)
{
    private readonly Lock _writing = new();
    private long _lost;

    /// <summary>Writes one line, or counts it.</summary>
    public void WriteLine(string line)
    {
        lock (_writing)
        {
            try
            {
                if (_lost > 0)
                {
                    // On a line of its own: the disk may have cut the one before.
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}{_lost} log lines are missing here: they could not be written."));
                    _lost = 0;
                }

                output.WriteLine(line);
            }
            catch (IOException)
            {
                _lost++;
            }
        }
    }
}
