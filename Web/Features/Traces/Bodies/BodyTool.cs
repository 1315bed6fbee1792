namespace Platform.Web.Features.Traces.Bodies;

/// <summary>A tool that was offered to the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Schema">JSON schema of its input.</param>
/// <param name="Cache">The cache mark on it; null without one.</param>
public sealed record BodyTool(string Name, string? Description, string? Schema, string? Cache);
