namespace Platform.Compose.Output;

/// <summary>A folder that must be there.</summary>
/// <param name="Place">Where, as <c>VARIABLE:DEFAULT</c>.</param>
/// <param name="IsWritten">A service writes there.</param>
/// <param name="User">Who uses it.</param>
/// <param name="Group">That user's group.</param>
internal sealed record NeededFolder(string Place, bool IsWritten, string User, string Group);
