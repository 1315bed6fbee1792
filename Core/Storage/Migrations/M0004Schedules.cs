using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0004_schedules")]
internal sealed class M0004Schedules() : SqlFileMigration("0004_schedules");
