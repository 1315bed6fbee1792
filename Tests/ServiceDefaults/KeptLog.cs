using Microsoft.Extensions.Logging;

namespace Platform.Tests.ServiceDefaults;

/// <summary>One log entry.</summary>
internal sealed record KeptLog(string Category, LogLevel Level, string Message, IReadOnlyDictionary<string, object?> Fields);
