using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Settings;
using Platform.Worker.Features.Activations;
using Platform.Worker.Features.StreamerBot;

namespace Platform.Tests.ServiceDefaults.Settings;

public sealed class SettingValidatorTests
{
    public static TheoryData<string> Names => [.. HostOptions.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_Defaults_AreFine(string name)
    {
        var type = HostOptions.Types.Single(type => type.Name == name);
        var validator = Activator.CreateInstance(typeof(SettingValidator<>).MakeGenericType(type));

        var result = validator!.GetType().GetMethod("Validate")!.Invoke(validator, [null, Activator.CreateInstance(type)]);

        Assert.True(Assert.IsType<ValidateOptionsResult>(result).Succeeded);
    }

    [Fact]
    public void Properties_NumbersAndDurations_HaveBoundsAndUnits() => Assert.All(
        HostOptions.Properties.Where(property => property.PropertyType == typeof(TimeSpan) || IsNumber(property.PropertyType)),
        property =>
        {
            Assert.True(property.GetCustomAttribute<RangeAttribute>() is not null, $"{HostOptions.KeyOf(property)} has no [Range]");
            Assert.True(
                property.PropertyType == typeof(TimeSpan) || property.GetCustomAttribute<DisplayFormatAttribute>() is not null,
                $"{HostOptions.KeyOf(property)} has no unit");
        });

    [Fact]
    public void Validate_Count_NamesKeyValueAndUnit() => Assert.Equal(
        ["Storage:MaxConnections is 41 connections; write 1 to 40 connections.", "Storage:ConnectTimeout is 00:00:00.5; write 00:00:01 to 00:00:30 (hours:minutes:seconds)."],
        Failures(new StorageOptions { MaxConnections = 41, ConnectTimeout = TimeSpan.FromSeconds(0.5) }));

    [Fact]
    public void Validate_KeyWithAShortName_NamesBoth() => Assert.Equal(
        ["Scheduler:TakeoverBound (SCHEDULER_LOCK_RETRY_SECONDS) is 00:02:00; write 00:00:01 to 00:01:00 (hours:minutes:seconds)."],
        Failures(new SchedulerOptions { TakeoverBound = TimeSpan.FromMinutes(2) }));

    [Fact]
    public void Validate_ZeroBesideARange_IsAllowedAndNamed() => Assert.Equal(
        [
            "Retention:Bodies is 03:00:00; write 1.00:00:00 to 36500.00:00:00 (days.hours:minutes:seconds), or 0 to keep it forever.",
            "Retention:MaxSizeBytes is 5 bytes; write 1073741824 to 9223372036854775807 bytes, or 0 for no limit.",
        ],
        Failures(new RetentionOptions { Bodies = TimeSpan.FromHours(3), MaxSizeBytes = 5, Traces = TimeSpan.Zero }));

    [Fact]
    public void Validate_DelayOfAList_NamesItsPlace() => Assert.Equal(
        ["Activations:DeferDelays:1 is 2.00:00:00; write 00:00:00.01 to 1.00:00:00 (days.hours:minutes:seconds)."],
        Failures(new ActivationOptions { DeferDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromDays(2)] }));

    [Fact]
    public void Validate_RulesOfTheClass_AreAskedToo() => Assert.Equal(
        [
            "StreamerBot:Action (STREAMERBOT_ACTION) is empty; write the name or the id of an action.",
            "StreamerBot:WsUrl (STREAMERBOT_WS_URL) is http://192.168.1.20:8080; write a URL that begins with ws://.",
        ],
        Failures(new StreamerBotOptions { Action = " ", WsUrl = "http://192.168.1.20:8080/" }));

    [Fact]
    public void Validate_OptionsOfOthers_AreLeftAlone() => Assert.True(new SettingValidator<ConsoleLoggerOptions>().Validate(null, new ConsoleLoggerOptions()).Skipped);

    private static IEnumerable<string> Failures<TOptions>(TOptions options)
        where TOptions : class => new SettingValidator<TOptions>().Validate(null, options).Failures ?? [];

    private static bool IsNumber(Type type) => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(INumber<>)) && type != typeof(char);
}
