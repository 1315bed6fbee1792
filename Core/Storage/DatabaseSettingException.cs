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
    /// <param name="innerException">What is wrong with it; may hold parts of it.</param>
    public DatabaseSettingException(Exception innerException)
        : base($"The connection string of the database is invalid: {Example}", innerException)
    {
    }
}
