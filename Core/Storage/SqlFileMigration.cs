using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Core.Storage;

/// <summary>A migration whose body is the SQL file <c>Core/Storage/Migrations/&lt;name&gt;.sql</c>. There is no way back but a backup.</summary>
/// <param name="name">File name without its ending.</param>
public abstract class SqlFileMigration(string name) : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        using var stream = typeof(SqlFileMigration).Assembly.GetManifestResourceStream(name + ".sql")
            ?? throw new InvalidOperationException($"Migration {name} has no file Core/Storage/Migrations/{name}.sql.");
        using var reader = new StreamReader(stream);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
