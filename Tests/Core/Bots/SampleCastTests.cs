using Platform.Core.Bots;
using Platform.Core.Yaml;

namespace Platform.Tests.Core.Bots;

public sealed class SampleCastTests
{
    private readonly BotCatalogueReading _reading = new BotCatalogue(Repository.PathOf("config"), new ConfigFiles()).Read();

    [Fact]
    public void Read_ShippedConfig_HasNoProblemAndNoWarning()
    {
        Assert.Null(_reading.FolderProblem);
        Assert.Empty(_reading.SharedFiles.Concat(_reading.BotFiles).SelectMany(file => file.Problems));
        Assert.Single(_reading.SharedFiles);
    }

    [Fact]
    public void Read_ShippedConfig_HoldsACastWithVoicesOfItsOwn()
    {
        var cast = _reading.BotFiles.Select(file => file.Definition).OfType<BotDefinition>().ToList();

        Assert.True(cast.Count >= 10, $"{cast.Count} personas");
        Assert.Equal(cast.Count, cast.Select(bot => bot.Handle).Distinct().Count());
        Assert.Equal(cast.Count, cast.Select(bot => bot.Emoji).Distinct().Count());
        Assert.All(cast, bot =>
        {
            Assert.InRange(bot.Sayings.Count, 8, 15);
            Assert.InRange(bot.SystemPrompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 200, 400);
            Assert.NotEmpty(bot.Interests);
            Assert.NotNull(bot.CadenceMinutes);
            Assert.NotNull(bot.Description);
        });
    }
}
