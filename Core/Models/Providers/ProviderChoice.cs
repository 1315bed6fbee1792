namespace Platform.Core.Models.Providers;

/// <summary>The provider of a model, or why there is none.</summary>
/// <param name="Provider">Null when there is none.</param>
/// <param name="Model">The model's name at the provider.</param>
/// <param name="Reason">A sentence that names the settings to set; null when there is a provider.</param>
public sealed record ProviderChoice(ModelProvider? Provider, string Model, string? Reason);
