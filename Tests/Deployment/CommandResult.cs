namespace Platform.Tests.Deployment;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0 when it worked.</param>
/// <param name="Output">Both outputs, in order of arrival.</param>
/// <param name="Took">From its start to its end.</param>
internal sealed record CommandResult(int ExitCode, string Output, TimeSpan Took);
