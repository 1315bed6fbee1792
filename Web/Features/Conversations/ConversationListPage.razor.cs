using Microsoft.AspNetCore.Components;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Conversations;

/// <summary>The list of conversations and the form that starts one.</summary>
public sealed partial class ConversationListPage
{
    private const int PageSize = 20;

    [SupplyParameterFromQuery(Name = "bot")]
    private string? RequestedBot { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FirstRow { get; set; }

    [SupplyParameterFromForm(FormName = "start")]
    private StartForm? Start { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private BotList? Bots { get; set; }

    private ConversationList? Conversations { get; set; }

    private string? Problem { get; set; }

    /// <summary>The first conversation on the page, from 0.</summary>
    private int From => QueryNumber.Read(FirstRow) ?? 0;

    private List<BotResponse> EnabledBots => [.. (Bots?.Bots ?? []).Where(bot => bot.Enabled)];

    private string? SelectedBot => Start?.Bot ?? RequestedBot ?? EnabledBots.FirstOrDefault()?.Handle;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        var conversations = Api.GetConversationsAsync(PageSize, From, HttpContext.RequestAborted);
        await Task.WhenAll(bots, conversations);
        (Bots, Conversations) = (await bots, await conversations);
    }

    private async Task StartAsync()
    {
        var created = await Api.CreateConversationAsync(new CreateConversationRequest(Start?.Bot), HttpContext.RequestAborted);
        if (created.Value is not { } conversation)
        {
            Problem = created.Problem;
            return;
        }

        if (!string.IsNullOrWhiteSpace(Start?.Content))
        {
            var posted = await Api.PostMessageAsync(conversation.Id, new PostMessageRequest(Start.Content), HttpContext.RequestAborted);
            if (posted.Problem is { } problem)
            {
                Problem = problem;
                return;
            }
        }

        Navigation.NavigateTo($"/chat/{conversation.Id}#end");
    }

    private string? EmojiOf(string handle) => Bots?.Bots.FirstOrDefault(bot => bot.Handle == handle)?.Emoji;

    /// <summary>Form fields.</summary>
    private sealed class StartForm
    {
        public string? Bot { get; set; }

        public string? Content { get; set; }
    }
}
