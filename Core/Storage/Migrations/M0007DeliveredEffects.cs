using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0007_delivered_effects")]
internal sealed class M0007DeliveredEffects() : SqlFileMigration("0007_delivered_effects");
