using System.IO.Compression;
using Platform.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces.ChapterX;

public sealed class ZipLogTreeTests
{
    [Fact]
    public void OpenZip_FileThatGrowsAThousandfold_IsLeftOutAndReported()
    {
        using var zip = Zip(("traces/a/bomb.json", new byte[8 * 1024 * 1024]), ("traces/a/2.json", [1]));

        using var tree = LogTrees.OpenZip(zip).Tree;

        Assert.NotNull(tree);
        Assert.Equal("traces/a/2.json", Assert.Single(tree.TraceFiles()).Path);
        Assert.Contains("compression ratio exceeds 200", Assert.Single(tree.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenZip_NothingButFilesThatGrowAThousandfold_IsRefused()
    {
        using var zip = Zip(("traces/a/bomb.json", new byte[8 * 1024 * 1024]));

        Assert.Contains("'traces/a/bomb.json': Its compression ratio exceeds 200", LogTrees.OpenZip(zip).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenZip_MoreBytesOrEntriesThanAllowed_IsRefused()
    {
        using var large = Zip(("traces/a/1.json", new byte[600]), ("traces/a/2.json", new byte[600]));
        using var many = Zip(("traces/a/1.json", []), ("traces/a/2.json", []));

        Assert.Contains("exceeds 1000 bytes", LogTrees.OpenZip(large, new ZipLimits { TotalBytes = 1000 }).Refusal, StringComparison.Ordinal);
        Assert.Contains("more than 1 files", LogTrees.OpenZip(many, new ZipLimits { Entries = 1 }).Refusal, StringComparison.Ordinal);
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
    public void OpenZip_NameWithAColonInside_IsAName()
    {
        using var zip = Zip(("traces/Re:Heron/1.json", [1]));

        using var tree = LogTrees.OpenZip(zip).Tree;

        Assert.NotNull(tree);
        Assert.Equal("Re:Heron", Assert.Single(tree.TraceFiles()).Bot);
    }

    [Fact]
    public void OpenZip_DirectoryOfAMillionEntries_IsRefusedUnread()
    {
        using var zip = ZipThatLists(1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var opening = LogTrees.OpenZip(zip);

        Assert.Contains("more than 300000 files", opening.Refusal, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void OpenZip_AnyDamage_IsRefusedOrReportedFileByFile()
    {
        var whole = Zip(("traces/a/1.json", new byte[300]), ("traces/index.jsonl", "{}\n"u8.ToArray()), ("llm-requests/x.json", [1])).ToArray();
        var random = new Random(4);
        foreach (var round in Enumerable.Range(0, 3000))
        {
            var bytes = round < whole.Length ? whole[..round] : [.. whole];
            for (var edit = random.Next(round < whole.Length ? 1 : 6); edit > 0; edit--)
            {
                bytes[random.Next(Math.Max(1, bytes.Length))] = (byte)random.Next(256);
            }

            using var tree = LogTrees.OpenZip(new MemoryStream(bytes)).Tree;
            foreach (var file in tree?.TraceFiles() ?? [])
            {
                var exception = Record.Exception(() => tree?.ReadPart(file.Path, 0, new byte[100]));
                Assert.True(exception is null or IOException or InvalidDataException, $"Round {round}: {exception}");
            }
        }
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
    public void Read_DirectoryThatUnderstatesASize_ReadsNoMoreThanItPromised()
    {
        using var tree = LogTrees.OpenZip(ZipThatPromises(100)).Tree;
        Assert.NotNull(tree);

        Assert.Equal(100, tree.Read("traces/a/1.json")?.Length);
    }

    [Fact]
    public void Read_DirectoryThatOverstatesASize_Throws()
    {
        using var tree = LogTrees.OpenZip(ZipThatPromises(600)).Tree;
        Assert.NotNull(tree);

        Assert.ThrowsAny<InvalidDataException>(() => tree.Read("traces/a/1.json"));
    }

    [Fact]
    public void Read_NoSuchFile_IsNull()
    {
        using var tree = LogTrees.OpenZip(Zip(("traces/a/1.json", [1]))).Tree;
        Assert.NotNull(tree);

        Assert.Null(tree.Read("traces/a/2.json"));
    }

    private static MemoryStream ZipThatPromises(int sizeBytes)
    {
        var bytes = Zip(("traces/a/1.json", new byte[500])).ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), sizeBytes); // The uncompressed size's place.
        return new MemoryStream(bytes);
    }

    /// <summary>One file, named over and over by the directory.</summary>
    private static MemoryStream ZipThatLists(int entries)
    {
        var bytes = Zip(("traces/a/1.json", [1])).ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        var end = bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var stream = new MemoryStream();
        stream.Write(bytes, 0, directory);
        for (var number = 0; number < entries; number++)
        {
            stream.Write(bytes, directory, end - directory);
        }

        stream.Write(bytes, end, bytes.Length - end);
        stream.Position = 0;
        return stream;
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
