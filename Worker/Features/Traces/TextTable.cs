namespace Platform.Worker.Features.Traces;

/// <summary>Rows under each other, columns as wide as their widest cell, two spaces apart. The last column is not padded.</summary>
internal sealed class TextTable(params string[] head)
{
    private readonly List<string[]> rows = [head];

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">Spaces before each row.</param>
    /// <param name="paint">Colours a line, by its number; 0 is the head.</param>
    public async Task WriteAsync(TextWriter output, int indent, Func<int, string, string> paint)
    {
        var widths = Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var at = 0; at < rows.Count; at++)
        {
            var cells = rows[at].Select((cell, column) => column == head.Length - 1 ? cell : cell.PadRight(widths[column]));
            await output.WriteLineAsync(new string(' ', indent) + paint(at, string.Join("  ", cells).TrimEnd()));
        }
    }
}
