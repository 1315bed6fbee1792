using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers;

/// <summary>The wire format of a request, by its mode and provider.</summary>
/// <param name="Messages">In order; a base model gets one, the prompt.</param>
/// <param name="Options">Model and sampling.</param>
/// <param name="Speakers">Names at whose turn the answer ends, because the transcript is plain text; empty in chat mode.</param>
internal sealed record WireForm(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, IReadOnlyList<string> Speakers)
{
    // OpenAI refuses more.
    private const int MaxStops = 4;

    /// <summary>Prompt tokens, estimated.</summary>
    public int PromptTokens { get; } = TokenEstimate.Of(Messages.Sum(message => message.Text.Length));

    public static WireForm Build(ModelRequest request, string model) => request.Body is { } body ? Whole(request, model, body) : request.Mode switch
    {
        ModelMode.Prefill => Prefill(request, model),
        ModelMode.BaseModel => BaseModel(request, model),
        _ => Chat(request, model),
    };

    /// <summary>Roles and authors as they are: the offline model reads them, whatever the mode.</summary>
    public static WireForm Plain(ModelRequest request, string model) =>
        new([.. System(request), .. request.Messages], Settings(request, model, []), []);

    /// <summary>A whole body goes as it is. Stop sequences of transcripts, <c>\nName:</c>, end the answer here too, however many the provider takes.</summary>
    private static WireForm Whole(ModelRequest request, string model, JsonObject body)
    {
        var speakers = request.StopSequences.Where(stop => stop is ['\n', _, .., ':']).Select(stop => stop[1..^1]);
        var options = new ChatOptions { ModelId = model, MaxOutputTokens = request.MaxTokens, RawRepresentationFactory = _ => body.DeepClone() };
        return new WireForm([.. System(request), .. request.Messages], options, [.. speakers]);
    }

    private static WireForm Chat(ModelRequest request, string model)
    {
        // One person needs no name before each line; several would be one to the model without it.
        var isGroup = Others(request).Count > 1;
        var messages = request.Messages.Select(message => isGroup && message.Role == ChatRole.User && message.AuthorName is { Length: > 0 } name
            ? new ChatMessage(message.Role, $"{name}: {message.Text}")
            : message);
        return new WireForm([.. System(request), .. Alternating(messages, request.PrefillUserMessage)], Settings(request, model, []), []);
    }

    /// <summary>
    /// Many chat templates and providers refuse two messages of one role in a row, empty ones, and a conversation that the assistant opens: after one
    /// failed answer, or with a window that begins at an answer, they would refuse every further request.
    /// </summary>
    private static List<ChatMessage> Alternating(IEnumerable<ChatMessage> messages, string opening)
    {
        List<ChatMessage> turns = [];
        foreach (var message in messages.Where(message => !string.IsNullOrWhiteSpace(message.Text)))
        {
            if (turns is [.., var last] && last.Role == message.Role)
            {
                turns[^1] = new ChatMessage(last.Role, $"{last.Text}\n\n{message.Text}");
            }
            else
            {
                turns.Add(message);
            }
        }

        if (turns is [] || turns[0].Role == ChatRole.Assistant)
        {
            turns.Insert(0, new ChatMessage(ChatRole.User, opening));
        }

        return turns;
    }

    private static WireForm Prefill(ModelRequest request, string model)
    {
        var others = Others(request);
        var opening = new ChatMessage(ChatRole.User, request.PrefillUserMessage);
        var transcript = new ChatMessage(ChatRole.Assistant, Transcript(request));
        return new WireForm([.. System(request), opening, transcript], Settings(request, model, others), others);
    }

    private static WireForm BaseModel(ModelRequest request, string model)
    {
        var others = Others(request);
        var head = request.SystemPrompt.Length > 0 ? $"{request.SystemPrompt}\n\n" : "";
        return new WireForm([new ChatMessage(ChatRole.User, head + Transcript(request))], Settings(request, model, others), others);
    }

    private static ChatMessage[] System(ModelRequest request) =>
        request.SystemPrompt.Length > 0 ? [new ChatMessage(ChatRole.System, request.SystemPrompt)] : [];

    /// <summary><c>Name: text</c> lines, ended by the bot's name without a space: models trained on text continue with one.</summary>
    private static string Transcript(ModelRequest request)
    {
        var lines = new StringBuilder();
        foreach (var message in request.Messages)
        {
            lines.Append(Speaker(message, request)).Append(": ").Append(message.Text).Append('\n');
        }

        return lines.Append(request.Persona.DisplayName).Append(':').ToString();
    }

    private static string Speaker(ChatMessage message, ModelRequest request) =>
        message.AuthorName is { Length: > 0 } name ? name
        : message.Role == ChatRole.Assistant ? request.Persona.DisplayName
        : "User";

    /// <summary>Everyone but the bot, whoever spoke last first.</summary>
    private static List<string> Others(ModelRequest request) =>
        [.. request.Messages.Reverse().Select(message => Speaker(message, request)).Where(name => name != request.Persona.DisplayName).Distinct()];

    private static ChatOptions Settings(ModelRequest request, string model, IEnumerable<string> speakers) => new()
    {
        ModelId = model,
        Temperature = request.Temperature,
        TopP = request.TopP,
        MaxOutputTokens = request.MaxTokens,
        StopSequences = [.. request.StopSequences.Concat(speakers.Select(name => $"\n{name}:")).Take(Math.Max(MaxStops, request.StopSequences.Count))],
        AdditionalProperties = new AdditionalPropertiesDictionary(request.ProviderParameters),
    };
}
