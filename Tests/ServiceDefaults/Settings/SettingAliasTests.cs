using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Outgoing;
using Platform.ServiceDefaults.Settings;

namespace Platform.Tests.ServiceDefaults.Settings;

public class SettingAliasTests
{
    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    public void LogLevel_ByShortName_DecidesWhatIsLogged(string text, LogLevel expected)
    {
        var builder = DefaultsHost.Builder(new Dictionary<string, string?> { ["LOG_LEVEL"] = text });
        builder.AddServiceDefaults("test");
        using var app = builder.Build();

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.Anything");

        Assert.True(logger.IsEnabled(expected));
        Assert.False(logger.IsEnabled(expected - 1));
    }

    [Fact]
    public void LogLevel_Default_KeepsTheFrameworkAtWarning()
    {
        var builder = DefaultsHost.Builder();
        builder.AddServiceDefaults("test");
        using var app = builder.Build();
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();

        Assert.True(loggers.CreateLogger("Platform.Anything").IsEnabled(LogLevel.Information));
        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Hosting").IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Hosting").IsEnabled(LogLevel.Warning));
    }

    [Theory]
    [InlineData("45", 45)]
    [InlineData("1500ms", 1.5)]
    [InlineData("2m", 120)]
    [InlineData("00:00:20", 20)]
    public void HttpTimeout_ByShortName_ReadsUnits(string text, double seconds)
    {
        var builder = DefaultsHost.Builder(new Dictionary<string, string?> { ["HTTP_TIMEOUT"] = text });
        builder.AddServiceDefaults("test");
        using var app = builder.Build();

        var options = app.Services.GetRequiredService<IOptions<OutgoingHttpOptions>>().Value;

        Assert.Equal(TimeSpan.FromSeconds(seconds), options.Timeout);
    }

    [Theory]
    [InlineData("LOG_LEVEL", "loud")]
    [InlineData("LOG_FORMAT", "xml")]
    [InlineData("HTTP_TIMEOUT", "soon")]
    [InlineData("HTTP_TIMEOUT", "5 fortnights")]
    public void AddServiceDefaults_ValueMakesNoSense_NamesTheSetting(string name, string value)
    {
        var builder = DefaultsHost.Builder(new Dictionary<string, string?> { [name] = value });

        var exception = Assert.Throws<SettingException>(() => builder.AddServiceDefaults("test"));

        Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_ValueSetByHandBefore_IsKept()
    {
        var builder = DefaultsHost.Builder();
        builder.Configuration["Logging:LogLevel:Npgsql"] = "Debug";
        builder.Configuration["Anything"] = "kept";
        builder.AddServiceDefaults("test");

        Assert.Equal("Debug", builder.Configuration["Logging:LogLevel:Npgsql"]);
        Assert.Equal("kept", builder.Configuration["Anything"]);
    }

    [Fact]
    public void ShortName_SetAfterTheDefaultsWereAdded_CountsToo()
    {
        var builder = DefaultsHost.Builder();
        builder.AddServiceDefaults("test");

        builder.Configuration.AddInMemoryCollection([new("AUTH_TOKEN", "late")]);

        Assert.Equal("late", builder.Configuration["Access:AuthToken"]);
    }
}
