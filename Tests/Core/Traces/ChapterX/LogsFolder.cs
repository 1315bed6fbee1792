using System.IO.Compression;
using System.Text;

namespace Platform.Tests.Core.Traces.ChapterX;

/// <summary>A ChapterX logs folder of a test's own.</summary>
internal sealed class LogsFolder : IDisposable
{
    public const string Bot = "Marsh Heron";
    public const string ChannelId = "1289595876716707914";

    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public string Root { get; } = Directory.CreateTempSubdirectory("platform-logs-").FullName;

    /// <summary>Writes the smallest trace that ChapterX could have written.</summary>
    /// <param name="number">Makes id and time its own.</param>
    /// <param name="more">Further members, beginning with a comma.</param>
    /// <param name="bot">The folder; empty for the traces folder itself.</param>
    /// <returns>Its path inside the folder.</returns>
    public string WriteTrace(int number, string more = "", string bot = Bot)
    {
        var at = First.AddMilliseconds(number);
        var id = number.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        var path = $"traces/{(bot.Length == 0 ? "" : bot + "/")}{ChannelId}-{id}-{at:yyyy-MM-ddTHH-mm-ss-fff}Z.json";
        return Write(path, $$"""{"traceId":"{{id}}","timestamp":"{{at:yyyy-MM-ddTHH:mm:ss.fff}}Z","channelId":"{{ChannelId}}","botId":"{{Bot}}"{{more}}}""");
    }

    public string Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Root);
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    /// <summary>Zips a folder's content under <paramref name="prefix"/>.</summary>
    public static MemoryStream Zip(string folder, string prefix = "")
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                archive.CreateEntryFromFile(file, prefix + Path.GetRelativePath(folder, file).Replace('\\', '/'));
            }
        }

        stream.Position = 0;
        return stream;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
