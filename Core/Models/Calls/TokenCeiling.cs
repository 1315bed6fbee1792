using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Storage;

namespace Platform.Core.Models.Calls;

/// <summary>
/// Bounds what the whole platform may spend on models in a UTC day of the database's clock. A call sets its estimate aside before it starts and is
/// settled by what it used. A worker that is killed in between leaves its estimate charged: the ceiling errs towards spending too little.
/// The ceiling is the whole platform's, so it is charged to <see cref="Tenant.Home"/> whoever asks.
/// One call may end above its estimate, so the figure can pass the ceiling by what the running calls misjudged; no further call starts then.
/// </summary>
public sealed partial class TokenCeiling(
    NpgsqlDataSource database, IOptions<ModelOptions> options, TimeProvider time, ILogger<TokenCeiling> logger)
{
    private DateOnly _warnedFor;

    private long Limit => options.Value.DailyTokenCeiling;

    /// <summary>Today's figures.</summary>
    public async Task<TokenCeilingState> ReadAsync(CancellationToken cancellationToken)
    {
        var limit = Limit;
        return await database.Sql(
            """
            select today.day, coalesce(usage.tokens, 0) as tokens
            from (select (now() at time zone 'utc')::date as day) today
            left join daily_token_usage usage on usage.tenant_id = @tenant and usage.day = today.day
            """)
            .With("tenant", Tenant.Home)
            .SingleAsync(row => new TokenCeilingState(row.Get<DateOnly>("day"), row.Get<long>("tokens"), limit == 0 ? null : limit), cancellationToken);
    }

    /// <summary>Sets <paramref name="tokens"/> aside for a call, or refuses; concurrent callers never pass the ceiling together.</summary>
    /// <returns>Null when the ceiling does not leave room.</returns>
    internal async Task<TokenReservation?> ReserveAsync(long tokens, CancellationToken cancellationToken)
    {
        var day = await database.Sql(
            """
            insert into daily_token_usage as usage (tenant_id, day, tokens)
            select @tenant, (now() at time zone 'utc')::date, @tokens
            where @tokens <= @limit
            on conflict (tenant_id, day) do update
            set tokens = usage.tokens + excluded.tokens
            where usage.tokens + excluded.tokens <= @limit
            returning day
            """)
            .With("tenant", Tenant.Home)
            .With("tokens", tokens)
            .With("limit", Limit == 0 ? long.MaxValue : Limit)
            .ScalarAsync<DateOnly?>(cancellationToken);
        return day is { } reserved ? new TokenReservation(reserved, tokens) : null;
    }

    /// <summary>Corrects a reservation by what the call used. It does not fail a call that was answered: an estimate that cannot be corrected stays.</summary>
    internal async Task SettleAsync(TokenReservation reservation, long used)
    {
        try
        {
            // The call is over, cancelled or not: what it cost must be written.
            await database.Sql("update daily_token_usage set tokens = greatest(0, tokens + @change) where tenant_id = @tenant and day = @day")
                .With("tenant", Tenant.Home)
                .With("day", reservation.Day)
                .With("change", used - reservation.Tokens)
                .ExecuteAsync(CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            LogUnsettled(exception, reservation.Tokens, used);
        }
    }

    /// <summary>The error of a call that needed <paramref name="tokens"/> and was refused.</summary>
    internal async Task<ModelError> RefuseAsync(long tokens, CancellationToken cancellationToken)
    {
        var state = await ReadAsync(cancellationToken);
        var reset = new DateTimeOffset(state.Day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        if (_warnedFor != state.Day)
        {
            _warnedFor = state.Day;
            LogStopped(state.Used, Limit, reset);
        }

        var wait = reset - time.GetUtcNow();
        return new ModelError(
            "token_ceiling",
            $"The daily token ceiling stopped this call: {state.Used} of {Limit} tokens are spent or set aside and the call may need {tokens}. It starts anew at {reset:yyyy-MM-dd HH:mm} UTC; DAILY_TOKEN_CEILING (Models:DailyTokenCeiling) raises it.",
            wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    [LoggerMessage(LogLevel.Warning, "The daily token ceiling stops model calls: {Used} of {Limit} tokens are spent or set aside until {Reset}; DAILY_TOKEN_CEILING raises it")]
    private partial void LogStopped(long used, long limit, DateTimeOffset reset);

    [LoggerMessage(LogLevel.Warning, "The daily token usage keeps an estimate of {Reserved} tokens for a call that used {Used}: the database did not take the correction")]
    private partial void LogUnsettled(Exception exception, long reserved, long used);
}

/// <summary>The platform's token figures of a day.</summary>
/// <param name="Day">UTC day on the database's clock.</param>
/// <param name="Used">Tokens spent, or set aside for running calls.</param>
/// <param name="Limit">Tokens a day; null when the ceiling is off.</param>
public sealed record TokenCeilingState(DateOnly Day, long Used, long? Limit);

/// <summary>Tokens set aside for one call.</summary>
/// <param name="Day">The UTC day that they are charged to, also when the call ends on the next.</param>
/// <param name="Tokens">The estimate.</param>
internal readonly record struct TokenReservation(DateOnly Day, long Tokens);
