using System.Text;
using Microsoft.Extensions.AI;
using Platform.Contracts.Traces;
using Platform.Core.Models;
using Platform.Core.Models.Calls;
using ModelRequest = Platform.Core.Models.Calls.ModelRequest;

namespace Platform.Tests.Core.Models;

/// <summary>Requests to models, and what came of them.</summary>
internal static class Calls
{
    public static ModelPersona Ada { get; } = new("ada", "Ada", "dry and precise", ["night trains", "old maps"], ["Every map is a promise"]);

    public static ModelRequest Ask(string model, string text, ModelMode mode = ModelMode.Chat) => new()
    {
        Model = model,
        Mode = mode,
        Persona = Ada,
        SystemPrompt = "You are Ada.",
        Messages = [new ChatMessage(ChatRole.User, text) { AuthorName = "Sam" }],
        MaxTokens = 200,
    };

    /// <summary>Calls and notes what was handed out.</summary>
    public static async Task<(ModelCallResult Result, IReadOnlyList<string> Pieces)> RunAsync(this ModelPipeline pipeline, ModelRequest request)
    {
        var pieces = new List<string>();
        var result = await pipeline.StreamAsync(request, (text, _) => { pieces.Add(text); return ValueTask.CompletedTask; }, TestContext.Current.CancellationToken);
        return (result, pieces);
    }

    public static string Body(this ModelCallResult result, BodyKind kind) =>
        Encoding.UTF8.GetString(Assert.Single(result.Bodies, body => body.Kind == kind).Bytes.Span);
}
