using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0011_backup_age")]
internal sealed class M0011BackupAge() : SqlFileMigration("0011_backup_age");
