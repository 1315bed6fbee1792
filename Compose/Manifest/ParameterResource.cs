namespace Platform.Compose.Manifest;

/// <summary><c>parameter.v0</c>: a value that the operator provides.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What <c>{name.value}</c> stands for.</param>
/// <param name="Inputs">What is asked for, by name.</param>
internal sealed record ParameterResource(string Name, Expression Value, IReadOnlyDictionary<string, ParameterInput> Inputs) : Resource(Name);
