using System.IO.Compression;
using Platform.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class ZipLogTreeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void OpenZip_FileThatGrowsAThousandfold_IsRefused()
    {
        using var zip = Zip(("traces/a/bomb.json", new byte[8 * 1024 * 1024]));

        var opening = LogTrees.OpenZip(zip);

        Assert.Null(opening.Tree);
        Assert.Contains("would grow more than 200 times", opening.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenZip_MoreBytesOrEntriesThanAllowed_IsRefused()
    {
        using var large = Zip(("traces/a/1.json", new byte[600]), ("traces/a/2.json", new byte[600]));
        using var many = Zip(("traces/a/1.json", []), ("traces/a/2.json", []));

        Assert.Contains("more than 1000 bytes", LogTrees.OpenZip(large, new ZipLimits { TotalBytes = 1000 }).Refusal, StringComparison.Ordinal);
        Assert.Contains("holds 2 entries", LogTrees.OpenZip(many, new ZipLimits { Entries = 1 }).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../traces/a/1.json")]
    [InlineData("/traces/a/1.json")]
    [InlineData("C:/traces/a/1.json")]
    [InlineData("traces\\..\\..\\a.json")]
    public void OpenZip_NameThatLeadsOut_IsLeftOutAndReported(string name)
    {
        using var zip = Zip((name, [1]), ("traces/a/2.json", [1]));

        using var tree = LogTrees.OpenZip(zip).Tree;

        Assert.NotNull(tree);
        Assert.Equal(["traces/a/2.json"], tree.TraceFiles().Select(file => file.Path));
        Assert.Single(tree.Problems);
    }

    [Fact]
    public void OpenZip_NoZip_IsRefused()
    {
        using var text = new MemoryStream("hello"u8.ToArray());

        Assert.Contains("not a zip", LogTrees.OpenZip(text).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenZip_WithoutTraces_SaysWhatToZip()
    {
        using var zip = Zip(("photos/cat.jpg", [1]));

        Assert.Contains("Zip ChapterX's 'logs' folder", LogTrees.OpenZip(zip).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_DirectoryThatUnderstatesASize_ReadsNoMoreThanItPromised()
    {
        using var tree = LogTrees.OpenZip(ZipThatPromises(100)).Tree;
        Assert.NotNull(tree);

        Assert.Equal(100, (await tree.ReadAsync("traces/a/1.json", Token))?.Length);
    }

    [Fact]
    public async Task ReadAsync_DirectoryThatOverstatesASize_Throws()
    {
        using var tree = LogTrees.OpenZip(ZipThatPromises(600)).Tree;
        Assert.NotNull(tree);

        await Assert.ThrowsAnyAsync<InvalidDataException>(() => tree.ReadAsync("traces/a/1.json", Token));
    }

    [Fact]
    public async Task ReadAsync_NoSuchFile_IsNull()
    {
        using var tree = LogTrees.OpenZip(Zip(("traces/a/1.json", [1]))).Tree;
        Assert.NotNull(tree);

        Assert.Null(await tree.ReadAsync("traces/a/2.json", Token));
    }

    private static MemoryStream ZipThatPromises(int sizeBytes)
    {
        var bytes = Zip(("traces/a/1.json", new byte[500])).ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), sizeBytes); // The uncompressed size's place.
        return new MemoryStream(bytes);
    }

    private static MemoryStream Zip(params (string Name, byte[] Content)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
