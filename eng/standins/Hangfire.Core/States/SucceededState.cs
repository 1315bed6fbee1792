using System.Globalization;
using System.Text.Json;

namespace Hangfire.States;

/// <summary>The job is done.</summary>
public class SucceededState : IState
{
    public static readonly string StateName = "Succeeded";

    public SucceededState(object? result, long latency, long performanceDuration)
    {
        Result = result;
        Latency = latency;
        PerformanceDuration = performanceDuration;
    }

    /// <summary>UTC.</summary>
    public DateTime SucceededAt { get; } = StateClock.Now;

    /// <summary>What the method returned; null for nothing.</summary>
    public object? Result { get; }

    /// <summary>Milliseconds between creation and start.</summary>
    public long Latency { get; }

    /// <summary>Milliseconds that the method took.</summary>
    public long PerformanceDuration { get; }

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => true;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string>
        {
            ["SucceededAt"] = StateClock.Write(SucceededAt),
            ["Latency"] = Latency.ToString(CultureInfo.InvariantCulture),
            ["PerformanceDuration"] = PerformanceDuration.ToString(CultureInfo.InvariantCulture),
        };
        if (Result is not null)
        {
            data["Result"] = WrittenResult();
        }

        return data;
    }

    /// <summary>A result that is no JSON must not turn a success into a failure.</summary>
    private string WrittenResult()
    {
        try
        {
            return JsonSerializer.Serialize(Result);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return JsonSerializer.Serialize(Result?.GetType().Name);
        }
    }
}
