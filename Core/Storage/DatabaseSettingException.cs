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

    private DatabaseSettingException(string message)
        : base(message)
    {
    }

    /// <summary>For a connection string that is invalid. What is wrong with it is left out: it may hold parts of the password.</summary>
    public static DatabaseSettingException Invalid() => new($"The connection string of the database is invalid: {Example}");
}
