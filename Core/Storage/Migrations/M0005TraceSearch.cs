using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage.Migrations;

[DbContext(typeof(PlatformDbContext))]
[Migration("0005_trace_search")]
internal sealed class M0005TraceSearch() : SqlFileMigration("0005_trace_search");
