using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Logs;

namespace Platform.Tests.ServiceDefaults.Logs;

public class LogRegistrationTests
{
    [Theory]
    [InlineData("Production", "false", null, JsonLineFormatter.FormatterName)]
    [InlineData("Development", "false", null, TextLineFormatter.FormatterName)]
    [InlineData("Development", "true", null, JsonLineFormatter.FormatterName)]
    [InlineData("Production", "false", "text", TextLineFormatter.FormatterName)]
    public void Formatter_ByEnvironment_SuitsItsReader(string environment, string inContainer, string? format, string expected)
    {
        var settings = new Dictionary<string, string?> { ["DOTNET_RUNNING_IN_CONTAINER"] = inContainer, ["LOG_FORMAT"] = format };
        var builder = DefaultsHost.Builder(settings, environment);
        builder.AddServiceDefaults("test");
        using var app = builder.Build();

        Assert.Equal(expected, app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }
}
