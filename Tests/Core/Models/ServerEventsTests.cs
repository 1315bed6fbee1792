using System.Text;
using Platform.Core.Models.Providers;

namespace Platform.Tests.Core.Models;

public sealed class ServerEventsTests
{
    [Theory]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":\"é😀\"}\n\ndata: [DONE]\n\n")]
    [InlineData("data:{\"a\":1}\r\n\r\ndata:{\"b\":\"é😀\"}\r\n\r\ndata:[DONE]")]
    [InlineData("data: {\"a\":1}\r\rdata: {\"b\":\"é😀\"}\r\rdata: [DONE]\r\r")]
    [InlineData("data: {\"a\":1}\ndata: {\"b\":\"é😀\"}\ndata: [DONE]\n")]
    [InlineData("\uFEFF: hi\n\ndata:\n\ndata:  \n\nretry: 3\nid: 7\ndata: {\"a\":1}\n\n:\ndata: {\"b\":\"é😀\"}\n\n data: [DONE] \n\n")]
    [InlineData("{\"a\":1}\n{\"b\":\"é😀\"}\n[DONE]")]
    public async Task NextAsync_AnyForm_GivesTheSameEvents(string sent)
    {
        for (var size = 1; size < 12; size++)
        {
            var events = await ReadAsync(sent, size);

            Assert.Equal([new(null, "{\"a\":1}"), new(null, "{\"b\":\"é😀\"}"), new(null, ServerEvents.Done)], events);
        }
    }

    [Theory]
    [InlineData("event: ping\ndata: still here\n\n", "ping", "still here")]
    [InlineData("event: error\ndata: {\"message\":\"no\"}\n\n", "error", "{\"message\":\"no\"}")]
    [InlineData("error: {\"message\":\"no\"}\n\n", "error", "{\"message\":\"no\"}")]
    [InlineData("data: {\ndata:  \"a\": {}\ndata: }\n\n", null, "{\n \"a\": {}\n}")]
    [InlineData("\n\n  {\n  \"a\": 1\n}\n", null, "{\n  \"a\": 1\n}")]
    [InlineData("data: {\"cut", null, "{\"cut")]
    public async Task NextAsync_OneEvent_KeepsNameAndData(string sent, string? name, string data) =>
        Assert.Equal([new(name, data)], await ReadAsync(sent, 3));

    [Fact]
    public async Task NextAsync_NoEvents_KeepsTheStartOfTheText()
    {
        var events = new ServerEvents(new MemoryStream(Encoding.UTF8.GetBytes($"<html>\n<title>Hello</title>\n{new string('x', 20_000)}")));

        Assert.Null(await events.NextAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("<html>\n<title>Hello</title>\n", events.Stray, StringComparison.Ordinal);
        Assert.InRange(events.Stray.Length, 1, 17_000);
    }

    [Fact]
    public async Task NextAsync_EndlessLine_EndsWithAnError()
    {
        using var endless = new Pieces(new byte[8192], 8192, repeats: int.MaxValue);
        var events = new ServerEvents(endless);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => events.NextAsync(TestContext.Current.CancellationToken));

        Assert.Equal("one event is longer than 4 MiB", error.Message);
        Assert.InRange(endless.Sent, 1, ServerEvents.MaxEventBytes + 65536);
    }

    [Fact]
    public async Task NextAsync_EndlessKeepAlives_EndWithAnError()
    {
        using var endless = new Pieces(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(": wait\n", 1000))), 7000, repeats: int.MaxValue);
        var events = new ServerEvents(endless);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => events.NextAsync(TestContext.Current.CancellationToken));

        Assert.Equal("it is longer than 64 MiB", error.Message);
    }

    [Theory]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":2}", 2)]
    [InlineData("{\"a\":1}\n{\"b\":2}", 2)]
    [InlineData("data: {\"a\":1}\n\ndata: {\"b\":", 1)]
    [InlineData("data: {\"a\":1}\n\n{\"b\":", 1)]
    public async Task NextAsync_ConnectionLostAfterALine_GivesWhatIsCompleteAndThenTheError(string sent, int count)
    {
        using var stream = new Pieces(Encoding.UTF8.GetBytes(sent), 5, repeats: 1, isLost: true);
        var events = new ServerEvents(stream);
        for (var number = 0; number < count; number++)
        {
            Assert.NotNull(await events.NextAsync(TestContext.Current.CancellationToken));
        }

        await Assert.ThrowsAsync<IOException>(() => events.NextAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<ServerEvent>> ReadAsync(string sent, int size)
    {
        using var stream = new Pieces(Encoding.UTF8.GetBytes(sent), size, repeats: 1);
        var events = new ServerEvents(stream);
        List<ServerEvent> read = [];
        while (await events.NextAsync(TestContext.Current.CancellationToken) is { } one)
        {
            read.Add(one);
        }

        return read;
    }

    /// <summary>A stream that gives a few bytes a read, as networks do.</summary>
    private sealed class Pieces(byte[] bytes, int size, int repeats, bool isLost = false) : MemoryStream(bytes)
    {
        private int _repeats = repeats;

        public long Sent { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length && --_repeats > 0)
            {
                Position = 0;
            }

            if (Position == Length && isLost)
            {
                throw new IOException("The connection was reset.");
            }

            var count = Read(buffer.Span[..Math.Min(size, buffer.Length)]);
            Sent += count;
            return ValueTask.FromResult(count);
        }
    }
}
