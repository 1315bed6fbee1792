namespace Platform.ServiceDefaults.Metrics;

/// <summary>
/// The labels of a series, ordered by name. A borrowed set lies in a buffer of its thread, so that looking a series up allocates nothing.
/// </summary>
internal readonly struct LabelSet : IEquatable<LabelSet>
{
    [ThreadStatic]
    private static KeyValuePair<string, object?>[]? _buffer;

    private readonly KeyValuePair<string, object?>[] _labels;
    private readonly int _count;
    private readonly int _hash;

    private LabelSet(KeyValuePair<string, object?>[] labels, int count)
    {
        _labels = labels;
        _count = count;
        var hash = default(HashCode);
        foreach (var (name, value) in labels.AsSpan(0, count))
        {
            hash.Add(name);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    public ReadOnlySpan<KeyValuePair<string, object?>> Labels => _labels.AsSpan(0, _count);

    /// <summary>Valid until this thread borrows again.</summary>
    public static LabelSet Borrow(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_buffer is null || _buffer.Length < tags.Length)
        {
            _buffer = new KeyValuePair<string, object?>[Math.Max(16, tags.Length)];
        }

        tags.CopyTo(_buffer);
        Sort(_buffer.AsSpan(0, tags.Length));
        return new LabelSet(_buffer, tags.Length);
    }

    /// <summary>A copy that may be kept.</summary>
    public LabelSet Own() => new(Labels.ToArray(), _count);

    public bool Equals(LabelSet other)
    {
        if (_hash != other._hash || _count != other._count)
        {
            return false;
        }

        for (var i = 0; i < _count; i++)
        {
            if (_labels[i].Key != other._labels[i].Key || !Equals(_labels[i].Value, other._labels[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is LabelSet other && Equals(other);

    public override int GetHashCode() => _hash;

    /// <summary>Insertion sort: there are a handful, mostly in order already.</summary>
    private static void Sort(Span<KeyValuePair<string, object?>> labels)
    {
        for (var i = 1; i < labels.Length; i++)
        {
            for (var j = i; j > 0 && string.CompareOrdinal(labels[j - 1].Key, labels[j].Key) > 0; j--)
            {
                (labels[j - 1], labels[j]) = (labels[j], labels[j - 1]);
            }
        }
    }
}
