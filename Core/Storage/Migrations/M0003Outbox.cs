using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0003_outbox")]
internal sealed class M0003Outbox() : SqlFileMigration("0003_outbox");
