namespace Platform.Web.Features.Traces.Bodies;

/// <summary>A message as it went over the wire.</summary>
/// <param name="Role">The role, or the participant where there are no roles.</param>
/// <param name="Blocks">In order.</param>
public sealed record BodyMessage(string Role, IReadOnlyList<BodyBlock> Blocks);
