namespace Platform.Core.Models.Calls;

/// <summary>What a step of the model pipeline decided.</summary>
/// <param name="Kind"><c>route</c>, <c>budget</c> or <c>client</c>.</param>
/// <param name="Name">Which one: a provider, a budget.</param>
/// <param name="Verdict">Stable, snake_case, e.g. <c>allowed</c>, <c>refused</c>, <c>answered</c>.</param>
/// <param name="Detail">What it was based on, in a few words.</param>
public sealed record CallVerdict(string Kind, string Name, string Verdict, string Detail)
{
    /// <summary>The kind of what limits the use of tokens.</summary>
    internal const string Budget = "budget";

    /// <summary>The verdict that ends the request before a model is called.</summary>
    internal const string Refused = "refused";
}
