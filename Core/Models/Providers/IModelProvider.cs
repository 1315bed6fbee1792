using Microsoft.Extensions.AI;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers;

/// <summary>
/// A protocol of model providers, and the known providers that use it. A new one is a folder with one of these and a line in
/// <see cref="ModelRegistration"/>.
/// </summary>
internal interface IModelProvider
{
    /// <summary>The protocol's key, lower case.</summary>
    string Protocol { get; }

    /// <summary>Providers that need no entry in <c>shared.yaml</c>: a key in the environment is enough.</summary>
    IReadOnlyList<KnownProvider> Known { get; }

    /// <summary>Returns which provider a model belongs to by its name alone.</summary>
    /// <returns>Null when this protocol does not know the name.</returns>
    string? ProviderOf(string model);

    /// <summary>Why a model cannot be called by this protocol, in a sentence that names the remedy; null when it can.</summary>
    string? ReasonAgainst(string model) => null;

    /// <summary>Makes the client for one call; the caller disposes it.</summary>
    /// <param name="provider">As configured.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="model">The model's name at the provider.</param>
    /// <param name="bodies">Takes the raw bodies.</param>
    IChatClient Create(ModelProvider provider, ModelRequest request, string model, BodyCapture bodies);
}

/// <summary>A provider with a public address.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="KeySetting">The setting that holds its key.</param>
/// <param name="BaseSetting">The setting that holds another address; null for none.</param>
/// <param name="DefaultBase">Its public address.</param>
internal sealed record KnownProvider(string Name, string KeySetting, string? BaseSetting, string DefaultBase);
