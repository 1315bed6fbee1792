using System.Diagnostics.CodeAnalysis;
using Platform.Core.Models.Providers.Rehearsal;

namespace Platform.Core.Models.Providers;

/// <summary>A provider as configured.</summary>
public sealed class ModelProvider
{
    internal const string OpenAi = "openai";
    internal const string OpenRouter = "openrouter";
    internal const string Anthropic = "anthropic";

    /// <summary>The offline model.</summary>
    internal static ModelProvider Rehearsal { get; } = new() { Name = RehearsalProvider.Key, Protocol = RehearsalProvider.Key };

    /// <summary>Whether it is the offline model, which costs nothing.</summary>
    public bool IsRehearsal => Protocol == RehearsalProvider.Key;

    /// <summary>Lower case, e.g. <c>openai</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its protocol: the key of an <see cref="IModelProvider"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Its address, without credentials and without a slash at the end; null for the offline model.</summary>
    public Uri? ApiBase { get; init; }

    /// <summary>Patterns of its model names; <c>*</c> matches any characters. Empty: it has none.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Whether a key is set; local servers often need none.</summary>
    [MemberNotNullWhen(true, nameof(ApiKey))]
    public bool HasKey => !string.IsNullOrEmpty(ApiKey);

    internal string? ApiKey
    {
        get;
        init
        {
            field = value;
            Mask = KeyMask.Of(value);
        }
    }

    /// <summary>Masks its key, and those of the other providers, in what is kept of a call.</summary>
    internal KeyMask Mask { get; private set; } = KeyMask.None;

    /// <summary>Why its key cannot be sent, in a sentence that names the setting and the remedy; null when it can, or there is none.</summary>
    internal string? KeyProblem { get; init; }

    /// <summary>Makes <see cref="Mask"/> mask the keys of other providers too.</summary>
    internal void MaskAlso(IEnumerable<string> keys) => Mask = KeyMask.Of(ApiKey, keys);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Protocol}, {ApiBase?.ToString() ?? "offline"})";
}
