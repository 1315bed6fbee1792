extern alias apphost;

using apphost::Platform.AppHost.Development;

namespace Platform.Tests.AppHost;

public sealed class LogOutputTests
{
    [Fact]
    public void WriteLine_DiskFullForAWhile_GoesOnAndSaysWhatIsMissing()
    {
        using var disk = new Disk();
        var output = new LogOutput(disk);

        output.WriteLine("one");
        disk.IsFull = true;
        output.WriteLine("two");
        output.WriteLine("three");
        disk.IsFull = false;
        output.WriteLine("four");
        output.WriteLine("five");

        Assert.Equal(["one", "2 log lines are missing here: they could not be written.", "four", "five"], disk.Lines);
    }

    private sealed class Disk : StringWriter
    {
        public bool IsFull { get; set; }

        public IEnumerable<string> Lines => ToString().Split(NewLine, StringSplitOptions.RemoveEmptyEntries);

        public override void WriteLine(string? value)
        {
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }

            base.WriteLine(value);
        }
    }
}
