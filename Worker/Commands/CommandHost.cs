using Platform.Core.Storage;
using Platform.ServiceDefaults;

namespace Platform.Worker.Commands;

/// <summary>A host without a server, for commands that do one thing and end.</summary>
internal static class CommandHost
{
    /// <summary>Builds a host with settings, logs and storage.</summary>
    /// <param name="maxConnections">The command's share of the server's connections.</param>
    /// <param name="configure">Registers what else the command needs.</param>
    public static IHost Build(int maxConnections, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults("worker");
        builder.AddStorage(maxConnections);
        configure?.Invoke(builder.Services);
        return builder.Build();
    }
}
