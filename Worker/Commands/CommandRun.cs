using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Settings;

namespace Platform.Worker.Commands;

/// <summary>Runs a one-off command on a host. A setting that is missing or wrong, and a database that does not answer, end it with one sentence.</summary>
internal static class CommandRun
{
    private const int Failed = 1;

    /// <summary>Builds the host and runs the command.</summary>
    /// <param name="build">Builds the host.</param>
    /// <param name="error">For the sentence.</param>
    /// <param name="run">The command.</param>
    /// <returns>The command's exit code, or 1.</returns>
    public static async Task<int> RunAsync(Func<IHost> build, TextWriter error, Func<IServiceProvider, Task<int>> run)
    {
        try
        {
            using var host = build();
            try
            {
                return await run(host.Services);
            }
            catch (Exception exception) when (IsDatabaseAway(exception))
            {
                await error.WriteLineAsync(Explain(exception, host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString));
                return Failed;
            }
        }
        catch (Exception exception) when (exception is SettingException or OptionsValidationException or DatabaseSettingException)
        {
            await error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }

    /// <summary>Whether the database could not be connected to, or refused to be.</summary>
    public static bool IsDatabaseAway(Exception exception) => exception switch
    {
        PostgresException refused => IsRefusal(refused.SqlState),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The sentence; it names the server, never a password.</summary>
    private static string Explain(Exception exception, string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var address = $"{settings.Host}:{settings.Port}";
        return exception is PostgresException refused
            ? $"The database at {address} refuses the connection: {refused.MessageText}. Check {StorageOptions.ConnectionSetting}."
            : $"The database does not answer at {address}. Check that it is running and that {StorageOptions.ConnectionSetting} is right.";
    }

    // Class 28: wrong user or password; class 53: too many connections; 57P: shutting down or starting; 3D000: no such database.
    private static bool IsRefusal(string state) =>
        state == PostgresErrorCodes.InvalidCatalogName || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal);
}
