namespace Platform.Core.Storage;

/// <summary>The connection string of the database is missing or invalid. The message names the setting, and shows nothing of its value.</summary>
public sealed class DatabaseSettingException : InvalidOperationException
{
    private const string Example = $"set {StorageOptions.ConnectionSetting}, e.g. 'Host=localhost;Username=postgres;Password=…;Database=platformdb'.";

    /// <summary>For a connection string that is missing.</summary>
    public DatabaseSettingException()
        : base($"No database is configured: {Example}")
    {
    }

    /// <summary>For a connection string that is invalid.</summary>
    /// <param name="failure">The type of what was thrown; its message may hold parts of the password.</param>
    public DatabaseSettingException(string failure)
        : base($"The connection string of the database is invalid ({failure}): {Example}")
    {
    }
}
