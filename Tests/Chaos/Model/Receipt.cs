namespace Platform.Tests.Chaos.Model;

/// <summary>What the receiver of an effect saw.</summary>
internal struct Receipt
{
    /// <summary>Requests that it accepted.</summary>
    public byte Deliveries;

    /// <summary>Different dedupe keys among them: what a receiver that dedupes acts upon.</summary>
    public byte Keys;

    /// <summary>How often the stated window was open: a claim ran out before its acknowledgement was stored, or an answer was lost.</summary>
    public byte Windows;
}
