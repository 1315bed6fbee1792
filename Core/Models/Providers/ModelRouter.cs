using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Platform.Core.Models.Providers;

/// <summary>Finds the provider of a model. First rule that fits: the offline model by name; <c>provider/model</c>; <c>provides</c> patterns; the family a name belongs to; the only provider there is; OpenRouter for a family whose own provider is not configured.</summary>
internal static partial class ModelRouter
{
    /// <param name="model">As a bot names it.</param>
    /// <param name="providers">What is configured now.</param>
    /// <param name="mayRehearse">Whether the offline model stands in for everything when no provider is configured: in Development only.</param>
    public static ProviderChoice Choose(string model, ProviderSnapshot providers, bool mayRehearse)
    {
        if (IsRehearsal(model) || (mayRehearse && providers.Providers.Count == 0))
        {
            return new ProviderChoice(ModelProvider.Rehearsal, model, null);
        }

        var slash = model.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash > 0 ? model[..slash] : "";
        if (slash < model.Length - 1 && Named(prefix) is { } prefixed)
        {
            return Serve(prefixed, model[(slash + 1)..]);
        }

        var family = Family(model);
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

        // A server at an address of its own may hold any model; the public ones hold only their families.
        ModelProvider? Only(string? family) =>
            providers.Providers is [{ Kind: ProviderKind.OpenAi, Provides: [] } only] && (family is null || !IsPublic(only)) ? only : null;
    }

    private static ProviderChoice Serve(ModelProvider provider, string model) => provider.Kind is ProviderKind.Anthropic
        ? new ProviderChoice(null, model, $"The model '{model}' belongs to Anthropic's own API, which this version does not speak yet: name it as 'openrouter/anthropic/…' with OPENROUTER_API_KEY set, or set providers.anthropic.api_base in config/shared.yaml to an OpenAI-compatible address.")
        : new ProviderChoice(provider, model, null);

    private static ProviderChoice Nobody(string model, string? family, ProviderSnapshot providers)
    {
        var reason = family is not null && providers.MissingKeys.TryGetValue(family, out var setting)
            ? $"No provider is configured for the model '{model}': set {setting} to use {family}"
            : $"No provider is configured for the model '{model}': set OPENAI_API_KEY or OPENROUTER_API_KEY";
        return new ProviderChoice(null, model, $"{reason}, or add a provider with its api_base to config/shared.yaml; the offline model answers to the name 'rehearsal'.");
    }

    /// <summary>How OpenRouter names a model of OpenAI's or Anthropic's, so that its key alone serves the sample bots; null for others.</summary>
    private static string? OpenRouterName(string model, string? family) =>
        family is ModelProvider.OpenAi or ModelProvider.Anthropic ? $"{family}/{model}" : null;

    private static bool IsRehearsal(string model) =>
        model.Equals("rehearsal", StringComparison.OrdinalIgnoreCase) || model.StartsWith("rehearsal:", StringComparison.OrdinalIgnoreCase);

    private static bool IsPublic(ModelProvider provider) =>
        provider.ApiBase?.Host is "api.openai.com" or "openrouter.ai" or "api.anthropic.com";

    private static string? Family(string model) => model switch
    {
        _ when model.Contains('/', StringComparison.Ordinal) => ModelProvider.OpenRouter,
        _ when OpenAiModel.IsMatch(model) => ModelProvider.OpenAi,
        _ when model.StartsWith("claude-", StringComparison.OrdinalIgnoreCase) => ModelProvider.Anthropic,
        _ => null,
    };

    [GeneratedRegex(@"^(gpt-|chatgpt-|o\d|ft:gpt-|davinci-|babbage-)", RegexOptions.IgnoreCase)]
    private static partial Regex OpenAiModel { get; }
}
