using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.ServiceDefaults.Logs;

namespace Platform.Tests.ServiceDefaults.Logs;

public class JsonLineFormatterTests
{
    [Fact]
    public void Write_MessageWithFieldsScopeAndException_IsOneJsonLine()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push(new Dictionary<string, object?> { ["correlation_id"] = "abc" });
        var state = new KeyValuePair<string, object?>[] { new("Count", 3), new("{OriginalFormat}", "Took {Count}") };

        var line = Format(new LogEntry<KeyValuePair<string, object?>[]>(
            LogLevel.Warning, "Platform.Things", new EventId(7, "Took"), state, new InvalidOperationException("broke\ntwice"), (_, _) => "Took 3"), scopes);

        Assert.Equal(1, line.Count(character => character == '\n'));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("warn", json.GetProperty("level").GetString());
        Assert.Equal("Platform.Things", json.GetProperty("category").GetString());
        Assert.Equal("Took 3", json.GetProperty("message").GetString());
        Assert.Equal("Took", json.GetProperty("event").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("trace_id").GetString());
        Assert.Equal(3, json.GetProperty("fields").GetProperty("Count").GetInt32());
        Assert.Equal("abc", json.GetProperty("fields").GetProperty("correlation_id").GetString());
        Assert.Contains("broke", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Z", json.GetProperty("time").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingButAMessage_HasNoEmptyMembers()
    {
        var line = Format(new LogEntry<string>(LogLevel.Information, "C", default, "Hi", null, (state, _) => state), null);

        Assert.Equal(["time", "level", "category", "message"], JsonDocument.Parse(line).RootElement.EnumerateObject().Select(member => member.Name));
    }

    private static string Format<TState>(LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        using var text = new StringWriter();
        new JsonLineFormatter(TimeProvider.System).Write(entry, scopes, text);
        return text.ToString();
    }
}
