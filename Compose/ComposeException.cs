namespace Platform.Compose;

/// <summary>The manifest or a profile cannot be turned into a compose file; the message names the resource or the file.</summary>
public sealed class ComposeException : Exception
{
    /// <summary>Without a cause.</summary>
    public ComposeException(string message)
        : base(message)
    {
    }

    /// <summary>With the failure that caused it.</summary>
    public ComposeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
