using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>OpenAI's chat completions and completions: OpenAI, OpenRouter, Ollama, vLLM, LM Studio, llama.cpp.</summary>
/// <remarks>The connections of all calls are shared and have no resilience handler: a model call is never repeated unseen.</remarks>
internal sealed partial class OpenAiProvider(IOptions<ModelOptions> options, TimeProvider time) : IModelProvider, IDisposable
{
    public const string Key = "openai";

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = options.Value.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A redirect would carry the key to another host.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public string Protocol => Key;

    public IReadOnlyList<KnownProvider> Known { get; } =
    [
        new(ModelProvider.OpenAi, "OPENAI_API_KEY", "OPENAI_API_BASE", "https://api.openai.com/v1"),
        new(ModelProvider.OpenRouter, "OPENROUTER_API_KEY", null, "https://openrouter.ai/api/v1"),
    ];

    public string? ProviderOf(string model) =>
        model.Contains('/', StringComparison.Ordinal) ? ModelProvider.OpenRouter
        : OpenAiModel.IsMatch(model) ? ModelProvider.OpenAi
        : null;

    public IChatClient Create(ModelProvider provider, ModelRequest request, string model, BodyCapture bodies) =>
        new OpenAiChatClient(provider, model, request.Mode is ModelMode.BaseModel, bodies, _http, time);

    public void Dispose() => _http.Dispose();

    [GeneratedRegex(@"^(gpt-|chatgpt-|o\d|ft:gpt-|davinci-|babbage-)", RegexOptions.IgnoreCase)]
    private static partial Regex OpenAiModel { get; }
}
