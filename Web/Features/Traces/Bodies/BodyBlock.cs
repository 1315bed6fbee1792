namespace Platform.Web.Features.Traces.Bodies;

/// <summary>A part of a message as it went over the wire.</summary>
/// <param name="Kind"><c>text</c>, <c>thinking</c>, <c>tool_use</c>, <c>tool_result</c>, <c>image</c>, or what the provider called it.</param>
/// <param name="Text">What it holds; JSON for what is not text.</param>
/// <param name="Name">The tool, or what else names it.</param>
/// <param name="Cache">The cache mark on it, e.g. <c>ephemeral 5m</c>; null without one.</param>
public sealed record BodyBlock(string Kind, string Text, string? Name = null, string? Cache = null);
