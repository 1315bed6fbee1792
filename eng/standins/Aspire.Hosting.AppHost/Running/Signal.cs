namespace Aspire.Hosting.Running;

/// <summary>Signals by their number on Linux and macOS.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}
