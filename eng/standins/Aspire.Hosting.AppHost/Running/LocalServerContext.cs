namespace Aspire.Hosting.Running;

/// <summary>Where a server is to run.</summary>
/// <param name="DataDirectory">Its own folder; it need not exist.</param>
/// <param name="Port">The port to listen on, on the loopback addresses only.</param>
/// <param name="Args">The arguments that the graph gives it.</param>
/// <param name="Log">Takes a line for the log.</param>
internal sealed record LocalServerContext(string DataDirectory, int Port, IReadOnlyList<string> Args, Action<string> Log);
