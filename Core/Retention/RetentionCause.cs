namespace Platform.Core.Retention;

/// <summary>Why retention deleted something.</summary>
public enum RetentionCause
{
    /// <summary>It was older than its class is kept.</summary>
    Age,

    /// <summary>The database was larger than it may be.</summary>
    Size,
}
