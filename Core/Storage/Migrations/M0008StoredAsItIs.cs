using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0008_stored_as_it_is")]
internal sealed class M0008StoredAsItIs() : SqlFileMigration("0008_stored_as_it_is");
