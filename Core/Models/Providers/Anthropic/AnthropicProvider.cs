using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.Anthropic;

/// <summary>Anthropic's own API. Its models are recognised, but this version cannot call it.</summary>
internal sealed class AnthropicProvider : IModelProvider
{
    public const string Key = "anthropic";

    public string Protocol => Key;

    public IReadOnlyList<KnownProvider> Known { get; } = [new(ModelProvider.Anthropic, "ANTHROPIC_API_KEY", null, "https://api.anthropic.com")];

    public string? ProviderOf(string model) => model.StartsWith("claude-", StringComparison.OrdinalIgnoreCase) ? ModelProvider.Anthropic : null;

    public string ReasonAgainst(string model) =>
        $"The model '{model}' belongs to Anthropic's own API, which this version does not support yet: name it as 'openrouter/anthropic/…' with OPENROUTER_API_KEY set, or set providers.anthropic.api_base in config/shared.yaml to an OpenAI-compatible address.";

    public IChatClient Create(ModelProvider provider, ModelRequest request, string model, BodyCapture bodies) =>
        throw new InvalidOperationException(ReasonAgainst(model));
}
