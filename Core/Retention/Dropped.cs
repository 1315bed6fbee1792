namespace Platform.Core.Retention;

/// <summary>What was taken away.</summary>
/// <param name="Rows">Rows deleted, or in dropped partitions.</param>
/// <param name="Partitions">Partitions dropped.</param>
/// <param name="Bytes">Of dropped partitions, indexes included.</param>
public readonly record struct Dropped(long Rows, int Partitions, long Bytes)
{
    /// <summary>Both together.</summary>
    public static Dropped operator +(Dropped left, Dropped right) =>
        new(left.Rows + right.Rows, left.Partitions + right.Partitions, left.Bytes + right.Bytes);
}
