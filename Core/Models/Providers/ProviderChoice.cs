namespace Platform.Core.Models.Providers;

/// <summary>Who would serve a model, or why nobody would.</summary>
/// <param name="Provider">Null when nobody serves it.</param>
/// <param name="Model">The model's name at the provider.</param>
/// <param name="Reason">A sentence that names the settings to set; null when there is a provider.</param>
public sealed record ProviderChoice(ModelProvider? Provider, string Model, string? Reason);
