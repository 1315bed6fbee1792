namespace Platform.Core.Models;

/// <summary>Which wire form a transcript takes.</summary>
public enum ModelMode
{
    /// <summary>User and assistant roles.</summary>
    Chat,

    /// <summary>The transcript stands in the assistant's turn, as <c>Name: text</c> lines.</summary>
    Prefill,

    /// <summary>Plain completion of the transcript, without roles.</summary>
    BaseModel,
}
