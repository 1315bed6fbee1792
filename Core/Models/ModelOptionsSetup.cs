using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.Core.Models;

/// <summary>Reads <see cref="ModelOptions"/> under their own names and the guides' aliases, and names the key that is wrong.</summary>
internal sealed class ModelOptionsSetup(IConfiguration configuration, IHostEnvironment? environment = null) : IConfigureOptions<ModelOptions>, IValidateOptions<ModelOptions>
{
    public void Configure(ModelOptions options)
    {
        options.ConnectTimeout = Duration("Models:ConnectTimeout", options.ConnectTimeout);
        options.FirstTokenTimeout = Duration("Models:FirstTokenTimeout", Duration("LLM_TIMEOUT", options.FirstTokenTimeout));
        options.SilenceTimeout = Duration("Models:SilenceTimeout", options.SilenceTimeout);
        options.TotalTimeout = Duration("Models:TotalTimeout", options.TotalTimeout);
        options.DailyTokenCeiling = Tokens("Models:DailyTokenCeiling", Tokens("DAILY_TOKEN_CEILING", options.DailyTokenCeiling));
        options.MaxBodyBytes = checked((int)Math.Min(int.MaxValue, Number("Models:MaxBodyBytes", options.MaxBodyBytes, "a number of bytes")));
        options.TelemetryContent = Flag("Models:TelemetryContent", Flag("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", environment?.IsDevelopment() is true));
        options.GenAiVersion = Value("Models:GenAiConventions") switch
        {
            null or "latest" => GenAiVersion.Latest,
            "1.36" => GenAiVersion.V136,
            var text => throw Wrong("Models:GenAiConventions", text, "latest or 1.36"),
        };
        options.SharedFile = Value("Models:SharedFile") ?? options.SharedFile;
    }

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var failures = new List<string>();
        Check("Models:ConnectTimeout", options.ConnectTimeout, TimeSpan.FromMinutes(5));
        Check("Models:FirstTokenTimeout (or LLM_TIMEOUT)", options.FirstTokenTimeout, TimeSpan.FromHours(1));
        Check("Models:SilenceTimeout", options.SilenceTimeout, TimeSpan.FromHours(1));
        Check("Models:TotalTimeout", options.TotalTimeout, TimeSpan.FromHours(6));
        if (options.DailyTokenCeiling < 0)
        {
            failures.Add($"Models:DailyTokenCeiling (or DAILY_TOKEN_CEILING) is {options.DailyTokenCeiling} tokens; it must be 0 (off) or more.");
        }

        if (options.MaxBodyBytes is < 1024 or > 256 * 1024 * 1024)
        {
            failures.Add($"Models:MaxBodyBytes is {options.MaxBodyBytes} bytes; it must be 1024 to 268435456.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, TimeSpan value, TimeSpan max)
        {
            if (value < TimeSpan.FromSeconds(1) || value > max)
            {
                failures.Add($"{key} is {value.TotalSeconds} s; it must be 1 s to {max.TotalSeconds} s.");
            }
        }
    }

    private TimeSpan Duration(string key, TimeSpan fallback)
    {
        if (Value(key) is not { } text)
        {
            return fallback;
        }

        // A bare number must be tried first: TimeSpan would read it as days.
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
                ? duration
                : throw Wrong(key, text, "a number of seconds or hh:mm:ss");
    }

    private long Tokens(string key, long fallback) =>
        string.Equals(Value(key), "off", StringComparison.OrdinalIgnoreCase) ? 0 : Number(key, fallback, "a number of tokens, or off");

    private long Number(string key, long fallback, string expected) => Value(key) switch
    {
        null => fallback,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Wrong(key, text, expected),
    };

    private bool Flag(string key, bool fallback) => Value(key) switch
    {
        null => fallback,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw Wrong(key, text, "true or false"),
    };

    private string? Value(string key) => configuration[key]?.Trim() is { Length: > 0 } text ? text : null;

    private static OptionsValidationException Wrong(string key, string text, string expected) =>
        new(Options.DefaultName, typeof(ModelOptions), [$"{key} is '{text}'; it must be {expected}."]);
}
