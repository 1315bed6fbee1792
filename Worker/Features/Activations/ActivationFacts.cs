using Platform.Core.Bots;
using Platform.Core.Channels;

namespace Platform.Worker.Features.Activations;

/// <summary>What a run needs to know before it decides.</summary>
internal sealed record ActivationFacts(
    BotDefinition Bot,
    bool Enabled,
    string? ChannelName,
    Message? Trigger,
    string? TriggerAuthor);
