namespace Platform.Contracts.Traces.Imports;

/// <summary>Imports, the newest first.</summary>
/// <param name="Imports">At most as many as were asked for.</param>
public sealed record ImportRunList(IReadOnlyList<ImportRunResponse> Imports);
