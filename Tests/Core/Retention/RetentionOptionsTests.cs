using Platform.Core.Retention;

namespace Platform.Tests.Core.Retention;

public sealed class RetentionOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(new RetentionOptionsValidator().Validate(null, new RetentionOptions()).Succeeded);

    [Fact]
    public void Validate_TooShortOrTooSmall_NamesKeyValueAndWhatToWrite()
    {
        var result = new RetentionOptionsValidator().Validate(
            null, new RetentionOptions { Bodies = TimeSpan.FromHours(3), MaxSizeBytes = 5, Traces = TimeSpan.Zero });

        Assert.Collection(
            result.Failures ?? [],
            failure => Assert.StartsWith("Retention:Bodies is 03:00:00; write 0 to keep it for good", failure, StringComparison.Ordinal),
            failure => Assert.StartsWith("Retention:MaxSizeBytes is 5 bytes", failure, StringComparison.Ordinal));
    }
}
