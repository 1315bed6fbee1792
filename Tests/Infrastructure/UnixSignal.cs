namespace Platform.Tests.Infrastructure;

/// <summary>The signals that tests send; the numbers are those of Linux on every architecture that .NET runs on.</summary>
public enum UnixSignal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
