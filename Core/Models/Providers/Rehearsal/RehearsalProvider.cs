using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.Rehearsal;

/// <summary>The offline model.</summary>
internal sealed class RehearsalProvider(IOptions<RehearsalOptions> options, TimeProvider time) : IModelProvider
{
    public const string Key = "rehearsal";

    public string Protocol => Key;

    /// <summary>It needs no configuration: it is used when named, or in Development when no provider is configured.</summary>
    public IReadOnlyList<KnownProvider> Known => [];

    public string? ProviderOf(string model) => Serves(model) ? Key : null;

    /// <summary>Whether a model's name is that of the offline model.</summary>
    public static bool Serves(string model) =>
        model.Equals(Key, StringComparison.OrdinalIgnoreCase) || model.StartsWith($"{Key}:", StringComparison.OrdinalIgnoreCase);

    public IChatClient Create(ModelProvider provider, ModelRequest request, string model, BodyCapture bodies) =>
        new RehearsalChatClient(request.Persona, options.Value.TokensPerSecond, bodies, time);
}
