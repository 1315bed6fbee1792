using System.Diagnostics;

namespace Platform.Benchmarks.Pages;

/// <summary>Measured responses of one page.</summary>
internal sealed class PageTimes
{
    private readonly List<double> _firstByte = [];
    private readonly List<double> _whole = [];
    private readonly List<double> _bytes = [];

    /// <summary>Requests a page as a browser does and measures it.</summary>
    /// <param name="web">A client that decodes nothing.</param>
    /// <param name="address">Of the page.</param>
    /// <param name="keep">False for a request that only warms up.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">The page failed.</exception>
    public async Task MeasureAsync(HttpClient web, string address, bool keep, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        var start = Stopwatch.GetTimestamp();
        using var response = await web.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1024];
        var read = await body.ReadAsync(buffer.AsMemory(0, 1), cancellationToken);
        var firstByte = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var bytes = 0L;
        while (read > 0)
        {
            bytes += read;
            read = await body.ReadAsync(buffer, cancellationToken);
        }

        if (keep)
        {
            _firstByte.Add(firstByte);
            _whole.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            _bytes.Add(bytes);
        }
    }

    /// <summary>Prints a row of the table.</summary>
    /// <param name="name">Of the page.</param>
    public void Print(string name) => Report.Row(
        name,
        Report.Number(Percentiles.Median(_firstByte)),
        Report.Number(Percentiles.Of(_firstByte, 95)),
        Report.Number(_firstByte.Max()),
        Report.Number(Percentiles.Of(_whole, 95)),
        Report.Number(Percentiles.Median(_bytes) / 1024));
}
