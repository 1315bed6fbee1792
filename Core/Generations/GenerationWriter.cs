using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Generations;

/// <summary>Publishes one answer as it grows: to followers at once, to Postgres a few times a second.</summary>
public sealed partial class GenerationWriter : IAsyncDisposable
{
    /// <summary>How often the text is stored in Postgres.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(250);

    private readonly ActivationClaim _claim;
    private readonly NpgsqlDataSource _source;
    private readonly LiveChannel _live;
    private readonly ILogger _logger;
    private readonly StringBuilder _text = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _flushing;
    private readonly Lock _gate = new();
    private char? _pendingHighSurrogate;
    private int _flushedLength = -1;

    /// <summary>Begins; the empty answer is stored right away, so that followers see that it began.</summary>
    public GenerationWriter(ActivationClaim claim, NpgsqlDataSource source, LiveChannel live, TimeProvider clock, ILogger logger)
    {
        this._claim = claim;
        this._source = source;
        this._live = live;
        this._logger = logger;
        _flushing = FlushRegularlyAsync(clock);
    }

    /// <summary>The answer so far: exactly the pieces sent to followers, joined.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Appends a piece. Characters that cannot be stored (NUL, half surrogate pairs) are replaced or dropped.</summary>
    public void Append(string piece)
    {
        LiveText sent;
        lock (_gate)
        {
            var clean = Clean(piece);
            if (clean.Length == 0)
            {
                return;
            }

            sent = new LiveText(_claim.Id, _claim.Fence, _text.Length, clean);
            _text.Append(clean);
        }

        _live.Publish(_claim.ChannelId, sent);
    }

    /// <summary>Ends the regular writing; what was appended stays readable in <see cref="Text"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _flushing;
        _stop.Dispose();
    }

    private string Clean(string piece)
    {
        var clean = new StringBuilder(piece.Length + 1);
        foreach (var unit in piece)
        {
            if (_pendingHighSurrogate is { } high)
            {
                _pendingHighSurrogate = null;
                if (char.IsLowSurrogate(unit))
                {
                    clean.Append(high).Append(unit);
                    continue;
                }

                clean.Append('\uFFFD');
            }

            if (char.IsHighSurrogate(unit))
            {
                _pendingHighSurrogate = unit;
            }
            else if (unit != '\0')
            {
                clean.Append(char.IsLowSurrogate(unit) ? '\uFFFD' : unit);
            }
        }

        return clean.ToString();
    }

    private async Task FlushRegularlyAsync(TimeProvider clock)
    {
        // Four statements a second would bury the spans of the answer.
        Activity.Current = null;
        using var timer = new PeriodicTimer(FlushInterval, clock);
        try
        {
            do
            {
                await FlushAsync(_stop.Token);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The answer is complete; it is stored as a message.
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var content = Text;
        if (content.Length == _flushedLength)
        {
            return;
        }

        try
        {
            await StoreAsync(content, cancellationToken);
            if (_flushedLength < 0)
            {
                _live.PublishChange(_claim.ChannelId);
            }

            _flushedLength = content.Length;
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotStored(_claim.Id, exception.Message);
        }
    }

    private Task<int> StoreAsync(string content, CancellationToken cancellationToken) =>
        _source.Sql(
            """
            insert into generations (activation_id, channel_id, lease_fence, content)
            select id, channel_id, lease_fence, @content
            from activations
            where id = @id and lease_fence = @fence and state = 'running'
            on conflict (activation_id) do update
            set content = excluded.content, lease_fence = excluded.lease_fence, updated_at = now()
            where generations.lease_fence <= excluded.lease_fence
            """)
            .With("id", _claim.Id).With("fence", _claim.Fence).With("content", content)
            .ExecuteAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The partial answer of activation {Id} could not be stored yet: {Reason}")]
    private partial void LogNotStored(Guid id, string reason);
}
