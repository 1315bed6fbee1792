using Platform.Contracts.Bots;
using Platform.Core.Bots;
using Platform.Core.Models.Calls;

namespace Platform.Api.Features.Bots;

/// <summary>Maps stored bots to responses.</summary>
internal static class BotMapping
{
    /// <summary>One bot, with who would serve its model now.</summary>
    public static BotResponse ToResponse(BotView view, ModelPipeline models)
    {
        var definition = view.Bot.Definition;
        var route = models.Resolve(definition.ContinuationModel);
        return new BotResponse(
            view.Bot.AuthorId.ToString(),
            view.Handle,
            definition.DisplayName,
            view.Bot.Enabled,
            definition.Description,
            definition.Tone,
            definition.Interests,
            definition.Emoji,
            definition.ContinuationModel,
            route?.Provider,
            route?.Rehearsal ?? false,
            view.Bot.SourceFile,
            view.File?.Problems ?? []);
    }

    /// <summary>One file of the config folder.</summary>
    public static BotFileResponse ToResponse(BotFile file) =>
        new(file.Path, file.BotId?.ToString(), file.Loaded, file.Problems, file.CheckedAt);
}
