namespace Platform.Core.Traces.Verify;

/// <summary>How far a check is.</summary>
/// <param name="Part">What is being checked: <c>traces</c>, <c>bodies</c>, <c>references</c> or <c>orphans</c>.</param>
/// <param name="Checked">How many of these were.</param>
/// <param name="Problems">Found so far, over all parts.</param>
public sealed record VerifyProgress(string Part, long Checked, long Problems);
