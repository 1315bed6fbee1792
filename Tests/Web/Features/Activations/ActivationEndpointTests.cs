using System.Net;
using Platform.Contracts.Activations;

namespace Platform.Tests.Web.Features.Activations;

public sealed class ActivationEndpointTests
{
    private const string Id = "01900000-0000-7000-8000-00000000ac7e";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("t1", "/traces/t1")]
    [InlineData(null, "/chat/c1")]
    public async Task Get_Activation_LeadsToItsTraceOnceItEndedElseToItsChannel(string? trace, string target)
    {
        var world = new StubWorld();
        world.Activations.Add(new ActivationResponse(
            Id, "b1", "ada", "c1", null, ActivationReason.Conversation, trace is null ? ActivationState.Queued : ActivationState.Answered, null, null, 1, trace, null, StubWorld.Now, null, null));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri($"/activations/{Id}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(target, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData(Id)]
    [InlineData("nonsense")]
    public async Task Get_NoSuchActivation_Is404WithAPage(string id)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri($"/activations/{id}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-error=\"404\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
