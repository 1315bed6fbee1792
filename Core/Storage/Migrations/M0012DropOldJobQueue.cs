using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0012_drop_old_job_queue")]
internal sealed class M0012DropOldJobQueue() : SqlFileMigration("0012_drop_old_job_queue");
