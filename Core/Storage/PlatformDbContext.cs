using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Activations;
using Platform.Contracts.Backups;
using Platform.Contracts.Channels;
using Platform.Contracts.Outbox;
using Platform.Contracts.Replays;
using Platform.Contracts.Schedules;
using Platform.Contracts.Traces;
using Platform.Contracts.Webhooks;
using Platform.Core.Access;
using Platform.Core.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.Authors;
using Platform.Core.Backups;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.EventLog;
using Platform.Core.Generations;
using Platform.Core.Models.Calls;
using Platform.Core.Outbox;
using Platform.Core.Replays;
using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Core.Traces;
using Platform.Core.Traces.Imports;
using Platform.Core.Webhooks;

namespace Platform.Core.Storage;

/// <summary>Every table of the platform. The schema itself is made by the SQL files in <c>Migrations</c>; a test compares the two.</summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options) : DbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Bot> Bots => Set<Bot>();

    public DbSet<BotFile> BotFiles => Set<BotFile>();

    public DbSet<Channel> Channels => Set<Channel>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Activation> Activations => Set<Activation>();

    public DbSet<DeferredCall> DeferredCalls => Set<DeferredCall>();

    public DbSet<Generation> Generations => Set<Generation>();

    public DbSet<Trace> Traces => Set<Trace>();

    public DbSet<StoredDocument> TraceDocuments => Set<StoredDocument>();

    public DbSet<TraceMessages> TraceMessages => Set<TraceMessages>();

    public DbSet<WordRenewal> WordRenewals => Set<WordRenewal>();

    public DbSet<LlmCall> LlmCalls => Set<LlmCall>();

    public DbSet<LlmCallBody> LlmCallBodies => Set<LlmCallBody>();

    public DbSet<Body> Bodies => Set<Body>();

    public DbSet<Replay> Replays => Set<Replay>();

    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();

    public DbSet<DailyTokenUsage> DailyTokenUsage => Set<DailyTokenUsage>();

    public DbSet<Backup> Backups => Set<Backup>();

    public DbSet<BackupDrill> BackupDrills => Set<BackupDrill>();

    public DbSet<SchemaState> SchemaStates => Set<SchemaState>();

    public DbSet<Leader> Leaders => Set<Leader>();

    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<ScheduleRun> ScheduleRuns => Set<ScheduleRun>();

    public DbSet<RetentionRun> RetentionRuns => Set<RetentionRun>();

    public DbSet<DroppedPartition> DroppedPartitions => Set<DroppedPartition>();

    public DbSet<InboxEvent> EventInbox => Set<InboxEvent>();

    public DbSet<EventHead> EventHeads => Set<EventHead>();

    public DbSet<StoredEvent> EventLog => Set<StoredEvent>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<Effect> Outbox => Set<Effect>();

    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        StoreAsText<AuthorKind>(configurationBuilder);
        StoreAsText<ChannelKind>(configurationBuilder);
        StoreAsText<MessageRole>(configurationBuilder);
        StoreAsText<ActivationReason>(configurationBuilder);
        StoreAsText<ActivationState>(configurationBuilder);
        StoreAsText<TraceOutcome>(configurationBuilder);
        StoreAsText<TraceSource>(configurationBuilder);
        StoreAsText<TraceMessageRole>(configurationBuilder);
        StoreAsText<BodyKind>(configurationBuilder);
        StoreAsText<ReplayMode>(configurationBuilder);
        StoreAsText<ReplayState>(configurationBuilder);
        StoreAsText<ImportState>(configurationBuilder);
        StoreAsText<ImportKind>(configurationBuilder);
        StoreAsText<ScheduleRunner>(configurationBuilder);
        StoreAsText<ScheduleRunState>(configurationBuilder);
        StoreAsText<ScheduleRunCause>(configurationBuilder);
        StoreAsText<BackupCause>(configurationBuilder);
        StoreAsText<RetentionCause>(configurationBuilder);
        StoreAsText<EffectKind>(configurationBuilder);
        StoreAsText<WebhookOrigin>(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlatformDbContext).Assembly);
        TraceWords.AddTo(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    private static void StoreAsText<TEnum>(ModelConfigurationBuilder builder)
        where TEnum : struct, Enum =>
        builder.Properties<TEnum>().HaveConversion<SnakeCaseEnumConverter<TEnum>>();
}
