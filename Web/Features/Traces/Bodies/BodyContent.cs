namespace Platform.Web.Features.Traces.Bodies;

/// <summary>A request or a response, read for people.</summary>
/// <param name="Settings">Everything beside the messages that fits in a line.</param>
/// <param name="Messages">The system prompt first.</param>
/// <param name="Tools">Tools that were offered.</param>
public sealed record BodyContent(IReadOnlyList<(string Key, string Value)> Settings, IReadOnlyList<BodyMessage> Messages, IReadOnlyList<BodyTool> Tools);
