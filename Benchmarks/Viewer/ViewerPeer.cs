using System.Diagnostics;
using System.Globalization;

namespace Platform.Benchmarks.Viewer;

/// <summary>ChapterX's own trace server (github.com/antra-tess/chapterx), bundled by whoever measures; nothing of it is part of this project.</summary>
internal sealed class ViewerPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ChildProcess _process;

    private ViewerPeer(ChildProcess process, HttpClient client, TimeSpan firstAnswer)
    {
        this._process = process;
        Server = new ViewerServer("ChapterX", client, process.Id);
        FirstAnswer = firstAnswer;
    }

    public ViewerServer Server { get; }

    /// <summary>From its start to its first list of traces.</summary>
    public TimeSpan FirstAnswer { get; }

    public static async Task<ViewerPeer> StartAsync(string script, string folder, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var start = Stopwatch.GetTimestamp();
        var process = ChildProcess.Start("chapterx", "node", [script], new Dictionary<string, string?>
        {
            ["LOGS_DIR"] = folder,
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HOST"] = "127.0.0.1",
            ["AUTH_TOKEN"] = null,
            // The made-up traces may be older than the 30 days that it keeps by default.
            ["INDEX_RETENTION_DAYS"] = "0",
        });
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
        while (Stopwatch.GetElapsedTime(start) < Patience && !process.HasExited)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/api/traces?limit=1", UriKind.Relative), cancellationToken);
                response.EnsureSuccessStatusCode();
                return new ViewerPeer(process, client, Stopwatch.GetElapsedTime(start));
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }

        client.Dispose();
        await process.DisposeAsync();
        throw new InvalidOperationException($"ChapterX's server did not answer:\n{process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        Server.Client.Dispose();
        await _process.DisposeAsync();
    }
}
