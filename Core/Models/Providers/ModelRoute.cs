namespace Platform.Core.Models.Providers;

/// <summary>The provider and name of a model.</summary>
/// <param name="Provider">The provider's name in the configuration, e.g. <c>openai</c>.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="Rehearsal">True for the offline model.</param>
public sealed record ModelRoute(string Provider, string Model, bool Rehearsal);
