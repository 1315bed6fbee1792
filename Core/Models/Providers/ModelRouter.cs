using System.IO.Enumeration;
using Platform.Core.Models.Providers.OpenAi;
using Platform.Core.Models.Providers.Rehearsal;

namespace Platform.Core.Models.Providers;

/// <summary>Finds the provider of a model. First matching rule: the offline model by name; <c>provider/model</c>; <c>provides</c> patterns; the family a name belongs to; the only provider there is; OpenRouter for a family whose own provider is not configured.</summary>
/// <param name="protocols">The protocols there are.</param>
internal sealed class ModelRouter(IReadOnlyList<IModelProvider> protocols)
{
    /// <param name="model">As a bot names it.</param>
    /// <param name="providers">What is configured now.</param>
    /// <param name="mayRehearse">Whether the offline model is used when no provider is configured: in Development only.</param>
    public ProviderChoice Choose(string model, ProviderSnapshot providers, bool mayRehearse)
    {
        var family = ProviderOf(model);
        if (family == RehearsalProvider.Key)
        {
            return new ProviderChoice(ModelProvider.Rehearsal, model, null);
        }

        // The model that was asked for did not answer: the call is recorded under the offline model's own name.
        if (mayRehearse && providers.Providers.Count == 0)
        {
            return new ProviderChoice(ModelProvider.Rehearsal, RehearsalProvider.Key, null);
        }

        var slash = model.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash > 0 ? model[..slash] : "";
        if (slash < model.Length - 1 && Named(prefix) is { } prefixed)
        {
            return Serve(prefixed, model[(slash + 1)..]);
        }

        var provider = providers.Providers.FirstOrDefault(candidate => candidate.Provides.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model)))
            ?? Named(family)
            ?? Only(family);
        if (provider is null && OpenRouterName(model, family) is { } routed && Named(ModelProvider.OpenRouter) is { } router)
        {
            return Serve(router, routed);
        }

        return provider is null ? Nobody(model, family, providers) : Serve(provider, model);

        ModelProvider? Named(string? name) =>
            providers.Providers.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));

        // A self-hosted server may have any model; the public ones have only their families.
        ModelProvider? Only(string? family) =>
            providers.Providers is [{ Protocol: OpenAiProvider.Key, Provides: [] } only] && (family is null || !IsPublic(only)) ? only : null;
    }

    private ProviderChoice Serve(ModelProvider provider, string model) =>
        provider.KeyProblem is { } problem ? new ProviderChoice(null, model, problem)
        : protocols.First(protocol => protocol.Protocol == provider.Protocol).ReasonAgainst(model) is { } reason ? new ProviderChoice(null, model, reason)
        : new ProviderChoice(provider, model, null);

    private static ProviderChoice Nobody(string model, string? family, ProviderSnapshot providers)
    {
        var reason = family is not null && providers.MissingKeys.TryGetValue(family, out var setting)
            ? $"No provider is configured for the model '{model}': set {setting} to use {family}"
            : $"No provider is configured for the model '{model}': set OPENAI_API_KEY or OPENROUTER_API_KEY";
        return new ProviderChoice(null, model, $"{reason}, or add a provider with its api_base to config/shared.yaml; the offline model's name is 'rehearsal'.");
    }

    /// <summary>How OpenRouter names a model of OpenAI's or Anthropic's, so that its key alone serves the sample bots; null for others.</summary>
    private static string? OpenRouterName(string model, string? family) =>
        family is ModelProvider.OpenAi or ModelProvider.Anthropic ? $"{family}/{model}" : null;

    private static bool IsPublic(ModelProvider provider) =>
        provider.ApiBase?.Host is "api.openai.com" or "openrouter.ai" or "api.anthropic.com";

    private string? ProviderOf(string model) => protocols.Select(protocol => protocol.ProviderOf(model)).FirstOrDefault(name => name is not null);
}
