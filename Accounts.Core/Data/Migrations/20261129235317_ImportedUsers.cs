using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ImportedUsers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "erased_imports",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erased_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imported_users",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    came = table.Column<byte[]>(type: "bytea", nullable: false),
                    written = table.Column<byte[]>(type: "bytea", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imported_users", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_imported_users_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // Whichever way somebody leaves: an erasure, a sweep, an owner of the mailbox who never signed up.
            migrationBuilder.Sql("""
                CREATE FUNCTION remember_erased_import() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                BEGIN
                  INSERT INTO erased_imports (id, erased_at) VALUES (sha256(convert_to(OLD.legacy_id, 'UTF8')), clock_timestamp()) ON CONFLICT DO NOTHING;
                  RETURN NULL;
                END $$
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER remember_erased_import AFTER DELETE ON users
                FOR EACH ROW WHEN (OLD.legacy_id IS NOT NULL) EXECUTE FUNCTION remember_erased_import()
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER remember_erased_import ON users");
            migrationBuilder.Sql("DROP FUNCTION remember_erased_import()");

            migrationBuilder.DropTable(
                name: "erased_imports");

            migrationBuilder.DropTable(
                name: "imported_users");
        }
    }
}
