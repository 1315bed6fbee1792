using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Core.Traces.ChapterX;

/// <summary>The parts of a trace file's name: <c>&lt;channel&gt;-&lt;trace id&gt;-&lt;time&gt;.json</c>.</summary>
internal sealed partial record TraceFileName(string ChannelId, string TraceId, DateTimeOffset StartedAt)
{
    public static TraceFileName? Parse(string name)
    {
        var match = Pattern().Match(name);
        return match.Success && DateTimeOffset.TryParseExact(
            match.Groups["time"].ValueSpan,
            "yyyy-MM-dd'T'HH-mm-ss-fff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var startedAt)
            ? new TraceFileName(match.Groups["channel"].Value, match.Groups["trace"].Value, startedAt)
            : null;
    }

    [GeneratedRegex(@"^(?<channel>.+)-(?<trace>[0-9a-zA-Z]+)-(?<time>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)\.json$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
