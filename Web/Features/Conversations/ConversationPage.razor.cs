using Microsoft.AspNetCore.Components;
using Platform.Contracts.Activations;
using Platform.Contracts.Attention;
using Platform.Contracts.Bots;
using Platform.Contracts.Conversations;
using Platform.Web.Features.Attention;
using Platform.Web.Shell;
using Platform.Web.Upstream;

namespace Platform.Web.Features.Conversations;

/// <summary>One conversation. Script streams the answer; without script the page reloads every three seconds.</summary>
public sealed partial class ConversationPage
{
    private const int PageSize = 100;

    /// <summary>The conversation's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = "all")]
    private string? All { get; set; }

    [SupplyParameterFromForm(FormName = "send")]
    private SendForm? Send { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private CurrentAttention Attention { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private ConversationResponse? Conversation { get; set; }

    private BotResponse? Bot { get; set; }

    private List<MessageResponse> Messages { get; } = [];

    private long LastSequence { get; set; }

    private bool StreamActive { get; set; }

    /// <summary>Whether nobody can answer now.</summary>
    private bool NoWorker { get; set; }

    private bool EarlierExist => Messages is [{ Sequence: > 1 }, ..];

    private string? Problem { get; set; }

    private string Title => Markdown.PlainText(Conversation?.Title) ?? $"Chat with {Conversation?.BotDisplayName}";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var conversation = Api.FindConversationAsync(Id, HttpContext.RequestAborted);
        var bots = Api.GetBotsAsync(HttpContext.RequestAborted);
        await Task.WhenAll(conversation, bots);
        Conversation = await conversation;
        if (Conversation is null)
        {
            NotFoundStatus.Set(HttpContext);
            return;
        }

        NoWorker = (await Attention.GetAsync())?.Any(item => item.Kind == AttentionKind.Worker) is true;
        Bot = (await bots).Bots.FirstOrDefault(bot => bot.Id == Conversation.BotId);
        await ReadMessagesAsync(All is null ? Math.Max(0, Conversation.LastSequence - PageSize) : 0);
    }

    private async Task ReadMessagesAsync(long after)
    {
        MessageList page;
        do
        {
            page = await Api.GetMessagesAsync(Id, after, PageSize, HttpContext.RequestAborted);
            Messages.AddRange(page.Messages);
            after = page.LastSequence;
        }
        while (page.HasMore && page.Messages.Count > 0);

        LastSequence = page.LastSequence;
        StreamActive = page.StreamActive || Messages.Any(IsWaiting);
    }

    private static bool IsWaiting(MessageResponse message) =>
        message.Activations.Any(activation => activation.State is ActivationState.Queued or ActivationState.Running);

    private async Task SendAsync()
    {
        var posted = await Api.PostMessageAsync(Id, new PostMessageRequest(Send?.Content), HttpContext.RequestAborted);
        if (posted.Problem is { } problem)
        {
            Problem = problem;
            return;
        }

        Navigation.NavigateTo($"/chat/{Id}#end");
    }

    /// <summary>Form fields.</summary>
    private sealed class SendForm
    {
        public string? Content { get; set; }
    }
}
