namespace Platform.ServiceDefaults.Settings;

/// <summary>A short name, as deployment guides use it, for a configuration key.</summary>
/// <param name="Name">The name in the environment, for instance <c>HTTP_TIMEOUT</c>.</param>
/// <param name="Key">The key it sets, for instance <c>Http:Timeout</c>.</param>
/// <param name="Translate">
/// Turns the value into what the key expects and throws <see cref="FormatException"/>, saying what it expected, when it cannot; null takes it as it is.
/// </param>
public sealed record SettingAlias(string Name, string Key, Func<string, string>? Translate = null);
