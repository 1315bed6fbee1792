using System.Diagnostics;
using System.Globalization;

namespace Platform.Tests.Chaos;

/// <summary>How long the scenarios go on: a few rounds each in a whole test run, minutes with <c>./test chaos MINUTES</c>.</summary>
internal sealed class ChaosLength
{
    private const string Variable = "PLATFORM_CHAOS_MINUTES";

    /// <summary>How many scenarios share the minutes.</summary>
    private const int Scenarios = 8;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _rounds;

    /// <summary>Whether this is the long version.</summary>
    public static bool IsLong => Minutes > 0;

    private static double Minutes { get; } =
        double.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;

    public int Rounds => _rounds;

    /// <summary>Whether another round is due.</summary>
    /// <param name="least">How many rounds there are at least, and in the short version at most.</param>
    public bool Goes(int least) =>
        _rounds++ < least || (IsLong && _clock.Elapsed < TimeSpan.FromMinutes(Minutes / Scenarios)) || Ended();

    private bool Ended()
    {
        _rounds--;
        return false;
    }
}
