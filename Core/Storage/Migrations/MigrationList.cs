using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

// All migrations, in order. A name is the id in schema_migrations and the SQL file beside this one.
[Migration("0001_foundation")]
internal sealed class M0001Foundation : SqlFileMigration;

[Migration("0002_runner")]
internal sealed class M0002Runner : SqlFileMigration;

[Migration("0003_outbox")]
internal sealed class M0003Outbox : SqlFileMigration;

[Migration("0004_schedules")]
internal sealed class M0004Schedules : SqlFileMigration;

[Migration("0005_trace_search")]
internal sealed class M0005TraceSearch : SqlFileMigration;

[Migration("0006_import_origins")]
internal sealed class M0006ImportOrigins : SqlFileMigration;

[Migration("0007_delivered_effects")]
internal sealed class M0007DeliveredEffects : SqlFileMigration;

[Migration("0008_stored_as_it_is")]
internal sealed class M0008StoredAsItIs : SqlFileMigration;

[Migration("0009_replays")]
internal sealed class M0009Replays : SqlFileMigration;

[Migration("0010_backups")]
internal sealed class M0010Backups : SqlFileMigration;

[Migration("0011_backup_age")]
internal sealed class M0011BackupAge : SqlFileMigration;

[Migration("0012_drop_old_job_queue")]
internal sealed class M0012DropOldJobQueue : SqlFileMigration;

[Migration("0013_token_estimates")]
internal sealed class M0013TokenEstimates : SqlFileMigration;

[Migration("0014_search_spellings")]
internal sealed class M0014SearchSpellings : SqlFileMigration;

[Migration("0015_webhook_pauses")]
internal sealed class M0015WebhookPauses : SqlFileMigration;

[Migration("0016_sessions")]
internal sealed class M0016Sessions : SqlFileMigration;

[Migration("0017_roles")]
internal sealed class M0017Roles : SqlFileMigration;
