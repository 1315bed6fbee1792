using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0002_runner")]
internal sealed class M0002Runner() : SqlFileMigration("0002_runner");
