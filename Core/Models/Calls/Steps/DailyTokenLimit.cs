using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Storage;

namespace Platform.Core.Models.Calls.Steps;

/// <summary>
/// The step that limits the tokens which all model calls together may use in a UTC day of the database's clock. A call reserves its estimate before it
/// starts, and the reservation is corrected by what it used; the offline model does not count. A worker that is killed in between leaves its estimate reserved: usage is never counted too low.
/// The limit belongs to the whole platform, so usage is charged to <see cref="Tenant.Home"/> for every caller.
/// One call may use more than its estimate, so the usage can exceed the limit by the difference of the running calls; no further call starts then.
/// </summary>
public sealed partial class DailyTokenLimit(
    NpgsqlDataSource database, IOptions<ModelOptions> options, TimeProvider time, ILogger<DailyTokenLimit> logger) : IModelStep
{
    private const string Name = "daily_token_ceiling";

    private DateOnly _warnedFor;

    private long Limit => options.Value.DailyTokenCeiling;

    /// <summary>Today's figures.</summary>
    public async Task<TokenLimitState> ReadAsync(CancellationToken cancellationToken)
    {
        var limit = Limit;
        return await database.Sql(
            """
            select today.day, coalesce(usage.tokens, 0) as tokens
            from (select (now() at time zone 'utc')::date as day) today
            left join daily_token_usage usage on usage.tenant_id = @tenant and usage.day = today.day
            """)
            .With("tenant", Tenant.Home)
            .SingleAsync(row => new TokenLimitState(row.Get<DateOnly>("day"), row.Get<long>("tokens"), limit == 0 ? null : limit), cancellationToken);
    }

    async Task<ModelCallResult> IModelStep.RunAsync(PendingCall call, Func<Task<ModelCallResult>> next, CancellationToken cancellationToken)
    {
        if (call.Start.Rehearsal)
        {
            call.Add(new CallVerdict(CallVerdict.Budget, Name, "exempt", "the offline model does not count"));
            return await next();
        }

        var estimate = call.Wire!.PromptTokens + (long)call.Request.MaxTokens;
        if (await ReserveAsync(estimate, cancellationToken) is not { } reservation)
        {
            call.Add(new CallVerdict(CallVerdict.Budget, Name, CallVerdict.Refused, $"this call may use up to {estimate} tokens, more than is left today"));
            return call.Start with { Error = await RefuseAsync(estimate, cancellationToken) };
        }

        call.Add(new CallVerdict(CallVerdict.Budget, Name, "allowed", $"this call may use up to {estimate} tokens (reserved)"));
        try
        {
            return await next();
        }
        finally
        {
            await SettleAsync(reservation, call.SpentTokens);
        }
    }

    /// <summary>Reserves <paramref name="tokens"/> for a call, or refuses; concurrent callers never exceed the limit together.</summary>
    /// <returns>Null when the limit would be exceeded.</returns>
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

    /// <summary>Replaces a reservation by what the call used. It never fails an answered call: a reservation that cannot be corrected stays.</summary>
    internal async Task SettleAsync(TokenReservation reservation, long used)
    {
        try
        {
            // The call is over, cancelled or not: its usage must be stored.
            await database.Sql("update daily_token_usage set tokens = greatest(0, tokens + @change) where tenant_id = @tenant and day = @day")
                .With("tenant", Tenant.Home)
                .With("day", reservation.Day)
                .With("change", used - reservation.Tokens)
                .ExecuteAsync(CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogUnsettled(exception, reservation.Tokens, used);
        }
    }

    /// <summary>The error of a call that needed <paramref name="tokens"/> and was refused.</summary>
    private async Task<ModelError> RefuseAsync(long tokens, CancellationToken cancellationToken)
    {
        var state = await ReadAsync(cancellationToken);
        var reset = new DateTimeOffset(state.Day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        if (_warnedFor != state.Day)
        {
            _warnedFor = state.Day;
            LogStopped(reset, state.Used, Limit);
        }

        var wait = reset - time.GetUtcNow();
        return new ModelError(
            "token_ceiling",
            $"The daily token limit rejected this call: {state.Used} of {Limit} tokens are used or reserved and the call may need {tokens}. It resets at {reset:yyyy-MM-dd HH:mm} UTC; DAILY_TOKEN_CEILING (Models:DailyTokenCeiling) changes it.",
            wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    [LoggerMessage(LogLevel.Warning, "The daily token limit rejects model calls until {Reset}: {Used} of {Limit} tokens are used or reserved; DAILY_TOKEN_CEILING changes it")]
    private partial void LogStopped(DateTimeOffset reset, long used, long limit);

    [LoggerMessage(LogLevel.Warning, "The daily token usage still counts the estimate of {Reserved} tokens for a call that used {Used}: the correction could not be stored")]
    private partial void LogUnsettled(Exception exception, long reserved, long used);
}

/// <summary>The platform's token figures of a day.</summary>
/// <param name="Day">UTC day on the database's clock.</param>
/// <param name="Used">Tokens used, or reserved for running calls.</param>
/// <param name="Limit">Tokens a day; null when the limit is off.</param>
public sealed record TokenLimitState(DateOnly Day, long Used, long? Limit);

/// <summary>Tokens reserved for one call.</summary>
/// <param name="Day">The UTC day that they are charged to, also when the call ends on the next.</param>
/// <param name="Tokens">The estimate.</param>
internal readonly record struct TokenReservation(DateOnly Day, long Tokens);
