using System.Net;

namespace Platform.Core.Access;

/// <summary>Finds keys, and slows down whoever guesses them (<see cref="KeyAttempts"/>).</summary>
public sealed class KeyGuard(KeyRing keys, KeyAttempts attempts)
{
    /// <summary>Checks a key that was presented.</summary>
    /// <param name="presented">The key.</param>
    /// <param name="address">Of the client; null when unknown.</param>
    public KeyCheck Check(string presented, IPAddress? address)
    {
        if (attempts.WaitOf(address) is { } wait)
        {
            return new KeyCheck(null, wait, null);
        }

        if (keys.Find(presented) is { } principal)
        {
            attempts.Right(address);
            return new KeyCheck(principal, null, null);
        }

        return new KeyCheck(null, null, attempts.Wrong(address));
    }
}

/// <summary>What came of a key.</summary>
/// <param name="Principal">Whose it is; null when it is wrong, or was not compared.</param>
/// <param name="Wait">How long keys of the address are refused without being compared; null when this one was compared.</param>
/// <param name="Blocked">The address, when this wrong key is one to report; else null.</param>
public readonly record struct KeyCheck(Principal? Principal, TimeSpan? Wait, BlockedAddress? Blocked)
{
    /// <summary><see cref="Wait"/> in whole seconds, as <c>Retry-After</c> has it.</summary>
    public int WaitSeconds => (int)Math.Ceiling((Wait ?? TimeSpan.Zero).TotalSeconds);
}
