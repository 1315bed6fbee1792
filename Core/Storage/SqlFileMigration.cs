using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage;

/// <summary>A migration whose body is the SQL file <c>Core/Storage/Migrations/&lt;id&gt;.sql</c>. There is no way back but a backup.</summary>
[DbContext(typeof(PlatformDbContext))]
public abstract class SqlFileMigration : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var file = GetType().GetCustomAttribute<MigrationAttribute>()?.Id + ".sql";
        using var stream = typeof(SqlFileMigration).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"There is no file Core/Storage/Migrations/{file}.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
        migrationBuilder.Sql(RaiseReadableSince(ReadableSince.Of(file)));
    }

    /// <summary>
    /// In the migration's own transaction: when a later one fails, the database still records what this one did. The table comes with a migration,
    /// and an older version that was rolled back to must not lower its value.
    /// </summary>
    private static string RaiseReadableSince(Version since) =>
        $"""
        do $$ begin
            if to_regclass('schema_state') is not null then
                insert into schema_state (readable_since) values ('{since}')
                on conflict (only_row) do update set readable_since = excluded.readable_since
                where string_to_array(excluded.readable_since, '.')::int[] > string_to_array(schema_state.readable_since, '.')::int[];
            end if;
        end $$;
        """;
}
