namespace Platform.Core.Authors;

/// <summary>Who writes.</summary>
public enum AuthorKind
{
    /// <summary>A human being.</summary>
    Person,

    /// <summary>A persona.</summary>
    Bot,
}
