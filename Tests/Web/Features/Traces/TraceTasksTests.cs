using System.Text.RegularExpressions;

namespace Platform.Tests.Web.Features.Traces;

/// <summary>
/// What people look up in a trace, and with how many clicks. Clicks are separated by <c>|</c>, each the name of a link. <c>Call 2&gt;Request</c> is the first
/// link <c>Request</c> after the link <c>Call 2</c>, which is not clicked itself.
/// </summary>
public sealed class TraceTasksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("What was asked?", "", ">When does the tide turn\\?<")]
    [InlineData("What was answered?", "", ">The tide turns at six.</blockquote>")]
    [InlineData("How long did it run, how many tokens, what did it cost?", "", "1.7\u00a0s</dd>.*900 input, 150 output</dd>.*\\$0.0002</dd>")]
    [InlineData("Which tool call took longest?", "", "tide_table</a>.*>640\u00a0ms<.*weather</a>.*>90\u00a0ms<")]
    [InlineData("Which step failed?", "", "weather</a> *<span class=\"tag failed\"[^>]*>failed</span>")]
    [InlineData("How many tokens did the second call use?", "", "Call 2</a>.*title=\"1,600 input, 96 output\"[^>]*>1.7k<")]
    [InlineData("Was it delivered?", "", "Delivery to Doors</a> *<span class=\"tag failed\".*dead letter after 8 attempts")]
    [InlineData("Are there errors in the log?", "", ">Log.*1 error, 1 warning")]
    [InlineData("Which messages did the model receive?", "Context", ">hello there")]
    [InlineData("Why did the bot answer?", "Trigger and decision", "the bot is enabled")]
    [InlineData("What was sent in the second call?", "Call 2>Request", ">question of call 2</div>")]
    [InlineData("What came back from the first call?", "Call 1>Response", ">words of call 1</div>")]
    [InlineData("What did the second call answer, and when did it begin?", "Call 2", "time to first token 120\u00a0ms.*>words of call 2</div>")]
    [InlineData("With which temperature was the first call made?", "Call 1", "<dt[^>]*>Temperature</dt><dd[^>]*>0.7</dd>")]
    [InlineData("What were a tool's arguments and its output?", "tide_table", "Brest.*high at six")]
    [InlineData("Why did a tool call fail?", "weather", "class=\"error-line\"[^>]*>no such station")]
    [InlineData("Which calls are there, side by side?", "Model calls", "210\u00a0ms</td>.*120\u00a0ms</td>")]
    [InlineData("When did which step begin?", "Timeline", "Call 2</a>.*\\+1.15\u00a0s</td>")]
    [InlineData("What does the log say?", "Log", "weather failed")]
    [InlineData("What are only the errors of the log?", "Log|error", "weather failed(?!.*slow table)")]
    [InlineData("Why was a delivery not made?", "Delivery to Doors", "HTTP 500")]
    [InlineData("What is the trace's id in another system?", "Ids and links", "4bf92f3577b34da6")]
    [InlineData("How was the bot configured?", "Configuration", ">temperature</dt><dd[^>]*>0.7</dd>")]
    [InlineData("What was the run before?", "← Previous trace", "<code[^>]*>t0</code>")]
    [InlineData("What differs from the run before?", "Compare with previous", "name=\"a\" value=\"t0\".*name=\"b\" value=\"t1\"")]
    [InlineData("What differs from some other run?", "Compare with …|Later in this channel|hello?", "name=\"a\" value=\"t1\".*name=\"b\" value=\"t2\"")]
    public async Task Task_FromTheTrace_IsDoneWithTheseClicks(string question, string clicks, string answer)
    {
        await using var web = await WebHost.StartAsync(ToolLoopTrace.World());
        using var visitor = web.NewVisitor();
        var html = await ReadAsync(visitor, "/traces/t1");

        foreach (var click in clicks.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var place = html;
            foreach (var name in click.Split('>'))
            {
                var link = Regex.Match(place, $"""<a [^>]*href="[^"]+"[^>]*>{Regex.Escape(name)}( <span|</a>)""");
                Assert.True(link.Success, $"{question} There is no link '{name}'.");
                place = place[link.Index..];
            }

            html = await ReadAsync(visitor, Regex.Match(place, "href=\"([^\"]+)\"").Groups[1].Value);
        }

        Assert.Matches(new Regex(answer, RegexOptions.Singleline), html);
    }

    private static async Task<string> ReadAsync(HttpClient visitor, string address)
    {
        using var response = await visitor.GetAsync(new Uri(System.Net.WebUtility.HtmlDecode(address), UriKind.Relative), Cancellation);
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
