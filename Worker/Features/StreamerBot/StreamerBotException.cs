namespace Platform.Worker.Features.StreamerBot;

/// <summary>Streamer.bot answered differently from its documentation, or refused the password.</summary>
internal sealed class StreamerBotException(string message) : Exception(message);
