using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>The bodies of an offline call: nothing was sent, but a trace shows the model's input and output.</summary>
internal sealed class RehearsalWire(ModelPersona persona, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
{
    // Bodies are read by people: quotation marks and umlauts stay as they are.
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _model = options?.ModelId ?? "rehearsal";

    public int PromptTokens { get; } = TokenEstimate.Of(messages.Sum(message => message.Text.Length));

    public byte[] Request() => Write(new JsonObject
    {
        ["model"] = _model,
        ["persona"] = new JsonObject
        {
            ["handle"] = persona.Handle,
            ["tone"] = persona.Tone,
            ["interests"] = Strings(persona.Interests),
            ["sayings"] = Strings(persona.Sayings),
        },
        ["messages"] = new JsonArray([.. messages.Select(Message)]),
        ["max_tokens"] = options?.MaxOutputTokens,
        ["temperature"] = options?.Temperature,
        ["stop"] = Strings(options?.StopSequences ?? []),
    });

    /// <param name="text">The answer.</param>
    /// <param name="stopReason">Null when it was cut off.</param>
    public byte[] Response(string text, string? stopReason) => Write(new JsonObject
    {
        ["object"] = "rehearsal",
        ["model"] = _model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            ["finish_reason"] = stopReason,
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = PromptTokens, ["completion_tokens"] = TokenEstimate.Of(text) },
    });

    public static byte[] Error(string message) => Write(new JsonObject { ["error"] = new JsonObject { ["message"] = message } });

    private static JsonObject Message(ChatMessage message) => message.AuthorName is { Length: > 0 } name
        ? new JsonObject { ["role"] = message.Role.Value, ["name"] = name, ["content"] = message.Text }
        : new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static byte[] Write(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(Json));
}
