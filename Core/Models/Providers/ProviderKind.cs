namespace Platform.Core.Models.Providers;

/// <summary>Which protocol a provider speaks.</summary>
public enum ProviderKind
{
    /// <summary>OpenAI's chat completions and completions: OpenAI, OpenRouter, Ollama, vLLM, LM Studio, llama.cpp.</summary>
    OpenAi,

    /// <summary>Anthropic's own API. It is recognised, but not spoken yet.</summary>
    Anthropic,

    /// <summary>The offline model.</summary>
    Rehearsal,
}
