namespace Platform.ServiceDefaults.Settings;

/// <summary>A setting cannot be used; the message names the key and the remedy, never a secret value.</summary>
public sealed class SettingException : Exception
{
    /// <summary>Without a cause.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>With the failure that caused it.</summary>
    public SettingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
