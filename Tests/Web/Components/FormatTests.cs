extern alias web;

using web::Platform.Web.Components;

namespace Platform.Tests.Web.Components;

public sealed class FormatTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(27L, "27 ms")]
    [InlineData(4_200L, "4.2 s")]
    [InlineData(30_000L, "30 s")]
    [InlineData(60_000L, "1 min")]
    [InlineData(200_000L, "3 min 20 s")]
    [InlineData(7_500_000L, "2 h 5 min")]
    [InlineData(273_600_000L, "3 d 4 h")]
    public void Duration_AnyLength_NamesTheTwoLargestUnits(long? milliseconds, string text) =>
        Assert.Equal(text, Format.Duration(milliseconds).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(null, "–", "–")]
    [InlineData(950L, "950", "950")]
    [InlineData(5_700L, "5,700", "5.7k")]
    [InlineData(99_960L, "99,960", "100k")]
    [InlineData(999_600L, "999,600", "1M")]
    [InlineData(3_140_000L, "3,140,000", "3.1M")]
    public void Number_AnyCount_HasALongAndAShortForm(long? value, string number, string compact)
    {
        Assert.Equal(number, Format.Number(value));
        Assert.Equal(compact, Format.Compact(value));
    }

    [Theory]
    [InlineData(512L, "512 B")]
    [InlineData(8_192L, "8.0 KiB")]
    [InlineData(36_500_000L, "34.8 MiB")]
    [InlineData(21_474_836_480L, "20.0 GiB")]
    public void Bytes_AnySize_UsesABinaryUnit(long bytes, string text) => Assert.Equal(text, Format.Bytes(bytes).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(0.4, "just now")]
    [InlineData(12.9, "12 s ago")]
    [InlineData(59.9, "59 s ago")]
    [InlineData(200, "3 min ago")]
    [InlineData(172_000, "47 h ago")]
    [InlineData(900_000, "10 days ago")]
    [InlineData(-0.5, "now")]
    [InlineData(-24, "in 24 s")]
    [InlineData(-7_300, "in 2 h")]
    public void RelativeTime_PastAndFuture_UsesTheLargestUnit(double seconds, string text) =>
        Assert.Equal(text, Format.RelativeTime(TimeSpan.FromSeconds(seconds)).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(-24, "in 24 s", "0 s")]
    [InlineData(-0.5, "due", "0 s")]
    [InlineData(46, "due", "46 s")]
    [InlineData(10_900, "due", "3 h")]
    public void DueTimeAndElapsed_AnyTime_HaveNoWordOfTheOther(double seconds, string due, string elapsed)
    {
        Assert.Equal(due, Format.DueTime(TimeSpan.FromSeconds(seconds)).Replace('\u00a0', ' '));
        Assert.Equal(elapsed, Format.Elapsed(TimeSpan.FromSeconds(seconds)).Replace('\u00a0', ' '));
    }

    [Theory]
    [InlineData(0.5, "12 h")]
    [InlineData(1, "1 day")]
    [InlineData(1.5, "1 d 12 h")]
    [InlineData(7, "7 days")]
    public void Days_AnyPeriod_CountsWholeDays(double days, string text) => Assert.Equal(text, Format.Days(days).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(null, null)]
    [InlineData("tide", "tide")]
    [InlineData("tides", "tide…")]
    [InlineData("tid\ud83e\udd8a", "tid…")]
    public void Truncate_TooLong_IsCutBetweenCharacters(string? text, string? start) => Assert.Equal(start, Format.Truncate(text, 4));
}
