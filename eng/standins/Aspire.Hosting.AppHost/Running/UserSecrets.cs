using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.Running;

/// <summary>The AppHost's user secrets, a file in the user's home: generated values live there, so that they fit the data of earlier starts.</summary>
internal sealed class UserSecrets(string? id)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>The kept value, or a new one that is kept from now on. Without a home folder it is only good for this start.</summary>
    public string GetOrAdd(string key, Func<string> create)
    {
        var path = FindFile();
        if (path is null)
        {
            return create();
        }

        var secrets = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];
        if (secrets[key] is { } kept)
        {
            return kept.GetValue<string>();
        }

        var value = create();
        secrets[key] = value;
        Write(path, secrets.ToJsonString(Format));
        return value;
    }

    private string? FindFile()
    {
        try
        {
            return id is null ? null : PathHelper.GetSecretsPathFromSecretsId(id);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }
}
