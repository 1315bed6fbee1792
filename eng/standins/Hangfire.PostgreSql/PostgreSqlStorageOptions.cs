namespace Hangfire.PostgreSql;

/// <summary>How jobs are kept in PostgreSQL. Times are positive.</summary>
public class PostgreSqlStorageOptions
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);

    private TimeSpan _queuePollInterval = TimeSpan.FromSeconds(15);
    private TimeSpan _invisibilityTimeout = TimeSpan.FromMinutes(30);
    private TimeSpan _distributedLockTimeout = TimeSpan.FromMinutes(10);
    private TimeSpan _transactionSynchronisationTimeout = TimeSpan.FromMilliseconds(500);
    private TimeSpan _jobExpirationCheckInterval = TimeSpan.FromHours(1);
    private TimeSpan _countersAggregateInterval = TimeSpan.FromMinutes(5);
    private int _deleteExpiredBatchSize = 1000;

    /// <summary>The real storage's pause between looks for jobs; the stand-in looks every second. Default: 15 s; 50 ms at least.</summary>
    public TimeSpan QueuePollInterval
    {
        get => _queuePollInterval;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, ShortestPoll);
            _queuePollInterval = value;
        }
    }

    /// <summary>When a job that runs may be taken by another server, counted from its start or, if it slides, from its server's last sign of life. Default: 30 min.</summary>
    public TimeSpan InvisibilityTimeout
    {
        get => _invisibilityTimeout;
        set => _invisibilityTimeout = Positive(value);
    }

    /// <summary>Of no effect here: the stand-in has no distributed locks. Default: 10 min.</summary>
    public TimeSpan DistributedLockTimeout
    {
        get => _distributedLockTimeout;
        set => _distributedLockTimeout = Positive(value);
    }

    /// <summary>Of no effect here. Default: 0.5 s.</summary>
    public TimeSpan TransactionSynchronisationTimeout
    {
        get => _transactionSynchronisationTimeout;
        set => _transactionSynchronisationTimeout = Positive(value);
    }

    /// <summary>How often expired jobs are removed. Default: 1 h.</summary>
    public TimeSpan JobExpirationCheckInterval
    {
        get => _jobExpirationCheckInterval;
        set => _jobExpirationCheckInterval = Positive(value);
    }

    /// <summary>Of no effect here. Default: 5 min.</summary>
    public TimeSpan CountersAggregateInterval
    {
        get => _countersAggregateInterval;
        set => _countersAggregateInterval = Positive(value);
    }

    /// <summary>Expired jobs removed with one statement. Default: 1000.</summary>
    public int DeleteExpiredBatchSize
    {
        get => _deleteExpiredBatchSize;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _deleteExpiredBatchSize = value;
        }
    }

    /// <summary>Whether missing tables are made. Default: yes; if not, they must be there.</summary>
    public bool PrepareSchemaIfNecessary { get; set; } = true;

    /// <summary>The schema of the tables. Default: <c>hangfire</c>.</summary>
    public string SchemaName { get; set; } = "hangfire";

    /// <summary>Of no effect here. Default: yes.</summary>
    public bool EnableTransactionScopeEnlistment { get; set; } = true;

    /// <summary>In the real storage, whether NOTIFY wakes servers; of no effect here. Default: no.</summary>
    public bool EnableLongPolling { get; set; }

    /// <summary>Whether a running job stays invisible as long as its server lives. Default: no.</summary>
    public bool UseSlidingInvisibilityTimeout { get; set; }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
