using Platform.Contracts.Attention;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Web.Features.Attention;

/// <summary>The pages, with a list of what needs attention that tests set.</summary>
public sealed class AttentionSite : IAsyncLifetime
{
    private readonly StubWorld _world = new()
    {
        Overview = StubWorld.EmptyOverview() with { Answered = 1 },
        Bots = new BotList([StubWorld.Bot("ada")], []),
    };

    private WebHost _web = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _world.Create(new CreateConversationRequest("ada"));
        _web = await WebHost.StartAsync(_world);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>Reads a page while the API names these items, null for an API that cannot tell.</summary>
    public Task<string> HtmlAsync(string path, IReadOnlyList<AttentionItem>? items)
    {
        _world.Attention = items;
        return _web.HtmlAsync(path, TestContext.Current.CancellationToken);
    }
}
