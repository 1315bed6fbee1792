using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.Core.Access;

/// <summary>
/// Slows the guessing of keys. After a few wrong ones in a row an address has to wait, each time twice as long; its keys are refused meanwhile, without
/// being compared. Wrong keys from many addresses make all wait that have not sent a right one lately. Sessions are not affected. The counts are those of
/// this process.
/// </summary>
public sealed partial class KeyAttempts(IOptions<AccessOptions> options, TimeProvider clock, ILogger<KeyAttempts> logger)
{
    /// <summary>Longest wait of an address.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private const int MaxAddresses = 10_000;
    private const int FreeOfAll = 60;

    private static readonly TimeSpan LongestWaitOfAll = TimeSpan.FromSeconds(30);

    // Counts are forgotten after this time without a wrong key.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MemoryOfAll = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Known = TimeSpan.FromDays(1);
    private static readonly TimeSpan LogPause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Count> _addresses = [];
    private readonly Count _all = new();

    /// <summary>How long keys from an address are refused.</summary>
    /// <returns>Null when one may be tried.</returns>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var own = _addresses.GetValueOrDefault(Network(address));
            var until = own?.Until ?? default;
            if (own?.RightAt is not { } right || now - right > Known)
            {
                until = until > _all.Until ? until : _all.Until;
            }

            return until > now ? until - now : null;
        }
    }

    /// <summary>An address sent a right key: its count begins anew.</summary>
    public void Right(IPAddress? address)
    {
        lock (_lock)
        {
            var own = Of(Network(address));
            own.Wrong = 0;
            own.Until = default;
            own.RightAt = clock.GetUtcNow();
        }
    }

    /// <summary>An address sent a wrong key. Logs the first, and when it begins to wait, and how long.</summary>
    /// <returns>Null when it need not wait; else how many were wrong in a row, and how long it waits. Not for each: when it begins, then at most one in 10 s and address.</returns>
    public BlockedAddress? Wrong(IPAddress? address)
    {
        var network = Network(address);
        var now = clock.GetUtcNow();
        Count own;
        lock (_lock)
        {
            own = Of(network);
            own.Add(now, Memory, options.Value.FreeAttempts, LongestWait);
            _all.Add(now, MemoryOfAll, FreeOfAll, LongestWaitOfAll);
            var beginsToWait = own.Wrong == options.Value.FreeAttempts + 1;
            if ((own.Wrong > 1 && own.Until <= now) || (!beginsToWait && (now - own.LoggedAt < LogPause || now - _all.LoggedAt < LogPause / 10)))
            {
                return null;
            }

            own.LoggedAt = _all.LoggedAt = now;
        }

        var wait = own.Until > now ? own.Until - now : TimeSpan.Zero;
        LogWrong(network, own.Wrong, (long)wait.TotalSeconds);
        return wait > TimeSpan.Zero ? new BlockedAddress(network.ToString(), own.Wrong, wait) : null;
    }

    private Count Of(IPAddress network)
    {
        if (_addresses.TryGetValue(network, out var known))
        {
            return known;
        }

        if (_addresses.Count >= MaxAddresses)
        {
            foreach (var (old, _) in _addresses.OrderBy(entry => entry.Value.SeenAt).Take(MaxAddresses / 10).ToList())
            {
                _addresses.Remove(old);
            }
        }

        return _addresses[network] = new Count();
    }

    /// <summary>Whoever has one IPv6 address has 2⁶⁴ of them.</summary>
    private static IPAddress Network(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.None;
        return plain.AddressFamily is AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(plain)
            ? new IPAddress([.. plain.GetAddressBytes()[..8], .. new byte[8]])
            : plain;
    }

    // fail2ban's filter in docs/proxy.md matches this text.
    [LoggerMessage(Level = LogLevel.Warning, Message = "Wrong key from {Address}: {Count} in a row; keys from there are refused for {Seconds} s")]
    private partial void LogWrong(IPAddress address, int count, long seconds);

    private sealed class Count
    {
        public int Wrong { get; set; }

        public DateTimeOffset LastAt { get; private set; }

        public DateTimeOffset LoggedAt { get; set; }

        /// <summary>Keys are refused until then.</summary>
        public DateTimeOffset Until { get; set; }

        public DateTimeOffset? RightAt { get; set; }

        public DateTimeOffset SeenAt => RightAt > LastAt ? RightAt.Value : LastAt;

        public void Add(DateTimeOffset now, TimeSpan memory, int free, TimeSpan longest)
        {
            Wrong = now - LastAt > memory + (Until > LastAt ? Until - LastAt : TimeSpan.Zero) ? 1 : Wrong + 1;
            LastAt = now;
            if (Wrong > free)
            {
                var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(Wrong - free - 1, 30)));
                Until = now + (wait < longest ? wait : longest);
            }
        }
    }
}

/// <summary>An address whose keys are refused for a while.</summary>
/// <param name="Address">IPv4, or the network (/64) of an IPv6 address.</param>
/// <param name="Attempts">Wrong keys in a row.</param>
/// <param name="Wait">How long its keys are refused.</param>
public sealed record BlockedAddress(string Address, int Attempts, TimeSpan Wait);
