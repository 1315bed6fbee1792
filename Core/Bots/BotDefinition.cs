using System.Text.Json;
using Platform.Core.Models;

namespace Platform.Core.Bots;

/// <summary>The active definition of a bot: its own file over the shared defaults. Holds no secrets.</summary>
public sealed record BotDefinition
{
    /// <summary>The name in its file, also the speaker's name in transcripts unless <see cref="InnerName"/> says otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>The bot's name in its context; null means <see cref="Name"/>.</summary>
    public string? InnerName { get; init; }

    /// <summary>Lower case, without <c>@</c>; the bot's identity follows from it.</summary>
    public required string Handle { get; init; }

    /// <summary>What people read.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether its file lets it be activated.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>One line about who it is.</summary>
    public string? Description { get; init; }

    /// <summary>Its face where there is no picture.</summary>
    public string? Emoji { get; init; }

    /// <summary>Its tone, in a few words.</summary>
    public string? Tone { get; init; }

    /// <summary>Topics that it reacts to.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>Phrases of its own, for the offline model.</summary>
    public IReadOnlyList<string> Sayings { get; init; } = [];

    /// <summary>How often it acts without a trigger, in minutes, 1 to 10 080; null means never.</summary>
    public int? CadenceMinutes { get; init; }

    /// <summary>System prompt; empty for none.</summary>
    public string SystemPrompt { get; init; } = "";

    /// <summary>Text before the first message of a context; null for none.</summary>
    public string? ContextPrefix { get; init; }

    /// <summary>Wire format of a transcript. Default: chat.</summary>
    public ModelMode Mode { get; init; } = ModelMode.Chat;

    /// <summary>The model that answers, as named by the file.</summary>
    public required string ContinuationModel { get; init; }

    /// <summary>Sampling temperature, 0 to 2. Default: 1; null leaves it to the provider.</summary>
    public float? Temperature { get; init; } = 1;

    /// <summary>Nucleus sampling, 0 to 1; null leaves it to the provider.</summary>
    public float? TopP { get; init; }

    /// <summary>Upper bound of an answer, in tokens. Default: 4096.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>Texts at which the model must stop.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Passed on to the provider as they are (<c>provider_params</c>).</summary>
    public IReadOnlyDictionary<string, JsonElement> ProviderParameters { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Messages of the channel that a context holds. Default: 200.</summary>
    public int RecencyWindowMessages { get; init; } = 200;

    /// <summary>Messages that may gather beyond the window before the context rolls. Default: 50.</summary>
    public int RollingThreshold { get; init; } = 50;

    /// <summary>Characters of the channel that a context holds. Default: 100 000.</summary>
    public int RecencyWindowCharacters { get; init; } = 100_000;

    /// <summary>Characters that no context may exceed. Default: 500 000.</summary>
    public int HardMaxCharacters { get; init; } = 500_000;

    /// <summary>False lets it read and be traced without ever answering. Default: true.</summary>
    public bool MaySpeak { get; init; } = true;

    /// <summary>Whether messages that begin with a dot are ignored. Default: true.</summary>
    public bool IgnoreDottedMessages { get; init; } = true;

    /// <summary>After how many answers of bots to bots in a row it stays silent. Default: 2.</summary>
    public int MaxBotReplyChainDepth { get; init; } = 2;

    /// <summary>It answers one in so many messages unasked; 0 means none. Default: 500.</summary>
    public int ReplyOnRandom { get; init; } = 500;

    /// <summary>Tools that it may use, by plugin.</summary>
    public IReadOnlyList<string> ToolPlugins { get; init; } = [];

    /// <summary>Settings of its plugins, by plugin.</summary>
    public IReadOnlyDictionary<string, JsonElement> PluginConfig { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Every other key of its file, in canonical spelling.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>As much of it as a model client needs.</summary>
    public ModelPersona ToPersona() => new(Handle, DisplayName, Tone, Interests, Sayings);
}
