using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>Runs <c>pg_dump</c> and <c>pg_restore</c>. The password is passed in their environment, where no list of processes shows it.</summary>
public sealed class PostgresTool(IConfiguration configuration, IOptions<BackupOptions> options)
{
    private const int LongestComplaint = 2000;

    /// <summary>The login of the platform's own connection; for a restore it must be the owner's. A data source does not expose its password; its settings do.</summary>
    internal NpgsqlConnectionStringBuilder Platform { get; } = Login(configuration.GetConnectionString(StorageOptions.ConnectionName));

    /// <summary>The login for restore drills, which create a database: <see cref="BackupOptions.DrillConnectionName"/>, else the platform's own.</summary>
    internal NpgsqlConnectionStringBuilder Drill { get; } =
        Login(configuration.GetConnectionString(BackupOptions.DrillConnectionName) is { Length: > 0 } drill ? drill : configuration.GetConnectionString(StorageOptions.ConnectionName));

    /// <exception cref="DatabaseSettingException">It is invalid.</exception>
    private static NpgsqlConnectionStringBuilder Login(string? text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw DatabaseSettingException.Invalid();
        }
    }

    /// <summary>Opens a connection to another database of the same server; not one of the pool's.</summary>
    /// <param name="login">Server, user and password.</param>
    /// <param name="database">Its name.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NpgsqlException">There is none, or no server.</exception>
    internal static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder login, string database, CancellationToken cancellationToken)
    {
        var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(login.ConnectionString) { Database = database, Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await opened.OpenAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program"><c>pg_dump</c> or <c>pg_restore</c>.</param>
    /// <param name="arguments">Beside where the database is.</param>
    /// <param name="login">Server, user and password; null for a program that only reads a file.</param>
    /// <param name="database">Its name; null for a program that only reads a file.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="BackupException">It failed, or is not installed.</exception>
    internal async Task RunAsync(string program, IEnumerable<string> arguments, NpgsqlConnectionStringBuilder? login, string? database, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Value.ToolsDirectory is { } folder ? Path.Combine(folder, program) : program, [.. arguments, .. Where(login, database)])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["PGPASSWORD"] = login?.Password ?? "";
        using var process = Begin(start, program);
        process.StandardInput.Close();
        try
        {
            var silence = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            var complaint = await process.StandardError.ReadToEndAsync(cancellationToken);
            await silence;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new BackupException($"{program} failed: {(complaint.Length > LongestComplaint ? complaint[..LongestComplaint] + " …" : complaint).Trim()}");
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Begin(ProcessStartInfo start, string program)
    {
        try
        {
            return Process.Start(start) ?? throw new BackupException($"{program} could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new BackupException($"{program} is not installed: install postgresql-client of the server's version, or set Backups:ToolsDirectory to its folder.", exception);
        }
    }

    private static IEnumerable<string> Where(NpgsqlConnectionStringBuilder? login, string? database) => login is null || database is null
        ? []
        : [$"--host={login.Host}", $"--port={login.Port}", $"--username={login.Username}", "--no-password", $"--dbname={database}"];
}
