namespace Platform.Worker.Features.StreamerBot;

/// <summary>Streamer.bot answered, but not as its documentation says, or it refused the password.</summary>
internal sealed class StreamerBotException(string message) : Exception(message);
