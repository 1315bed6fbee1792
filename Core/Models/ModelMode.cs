namespace Platform.Core.Models;

/// <summary>Wire format of a transcript.</summary>
public enum ModelMode
{
    /// <summary>User and assistant roles.</summary>
    Chat,

    /// <summary>The transcript is in the assistant's turn, as <c>Name: text</c> lines.</summary>
    Prefill,

    /// <summary>Plain completion of the transcript, without roles.</summary>
    BaseModel,
}
