namespace Platform.Web.Features.Traces.Bodies;

/// <summary>How a body is shown.</summary>
internal enum BodyForm
{
    /// <summary>Roles and blocks.</summary>
    Formatted,

    /// <summary>JSON with folds.</summary>
    Json,

    /// <summary>Byte for byte.</summary>
    Raw,
}
