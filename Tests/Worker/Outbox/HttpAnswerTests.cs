using System.Net;
using Platform.Core.Outbox;
using Platform.Worker.Features.Outbox;

namespace Platform.Tests.Worker.Outbox;

public sealed class HttpAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_BodyThatBreaksOrNeverEnds_TheStatusCounts(bool breaks)
    {
        using var body = new BadBody(breaks);
        using var response = new HttpResponseMessage(HttpStatusCode.Gone) { Content = new StreamContent(body) };

        var result = await HttpAnswer.ReadAsync(response, TimeProvider.System, Token);

        Assert.Equal((DeliveryOutcome.Gone, "HTTP 410."), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Read_WhatTheReceiverSays_IsForTheOwnerAndNotForTheLog()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("you said: hush") };

        var result = await HttpAnswer.ReadAsync(response, TimeProvider.System, Token);

        Assert.Equal(("HTTP 502.", "HTTP 502: you said: hush"), (result.Error, result.Explanation));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("-5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("soon", null)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", null)]
    public async Task Read_RetryAfter_IsHeededIfItMakesSense(string header, int? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", header);

        var result = await HttpAnswer.ReadAsync(response, TimeProvider.System, Token);

        Assert.Equal((DeliveryOutcome.Failed, seconds), (result.Outcome, (int?)result.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task Read_RetryAfterInTheYear9999_IsATimeThatThePlanCanCut()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");

        var result = await HttpAnswer.ReadAsync(response, TimeProvider.System, Token);

        Assert.True(result.RetryAfter > TimeSpan.FromDays(365 * 1000), $"It is {result.RetryAfter}.");
    }

    private sealed class BadBody(bool breaks) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (breaks)
            {
                throw new HttpIOException(HttpRequestError.ResponseEnded);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
    }
}
