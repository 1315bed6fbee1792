namespace Platform.Tests.Worker.Traces;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Text of the standard output.</param>
/// <param name="Error">Text of the standard error.</param>
/// <param name="Bytes">Bytes of the standard output.</param>
internal sealed record TraceCommandResult(int ExitCode, string Output, string Error, byte[] Bytes);
