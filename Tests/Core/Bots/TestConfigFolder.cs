namespace Platform.Tests.Core.Bots;

/// <summary>A config folder of one test, in a temporary folder.</summary>
public sealed class TestConfigFolder : IDisposable
{
    public TestConfigFolder() => Directory.CreateDirectory(PathOf("bots"));

    public string Root { get; } = Directory.CreateTempSubdirectory("platform-bots-").FullName;

    public string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file, replacing it.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path)) ?? Root);
        File.WriteAllText(PathOf(path), text);
    }

    public void WriteBytes(string path, byte[] bytes) => File.WriteAllBytes(PathOf(path), bytes);

    public void Delete(string path) => File.Delete(PathOf(path));

    public void Move(string from, string to) => File.Move(PathOf(from), PathOf(to));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
