using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0006_import_origins")]
internal sealed class M0006ImportOrigins() : SqlFileMigration("0006_import_origins");
