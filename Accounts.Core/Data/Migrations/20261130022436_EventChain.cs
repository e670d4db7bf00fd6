using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class EventChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "actor_fields_hash",
                table: "security_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "actor_salt",
                table: "security_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "fields_hash",
                table: "security_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "link",
                table: "security_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "salt",
                table: "security_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "event_chain",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    link = table.Column<byte[]>(type: "bytea", nullable: false),
                    origin = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_chain", x => x.id);
                    table.CheckConstraint("ck_event_chain_only", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "event_heads",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    jws = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_heads", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "public_signing_keys",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false, collation: "C"),
                    point = table.Column<byte[]>(type: "bytea", nullable: false),
                    seal = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_public_signing_keys", x => x.id);
                });

            // Nodes of the version before go on recording; numbering is for those that make links, and so their sequence goes now. It waits for
            // who is at it, and no number that was ever given is given again.
            migrationBuilder.Sql("ALTER SEQUENCE security_event_numbers RENAME TO former_event_numbers");
            migrationBuilder.Sql("""
                INSERT INTO event_chain (id, number, link, origin)
                SELECT 1, last, decode(repeat('00', 32), 'hex'), last
                FROM (SELECT greatest(CASE WHEN is_called THEN last_value ELSE 0 END, (SELECT max(number) FROM security_events)) AS last FROM former_event_numbers) given
                """);
            migrationBuilder.Sql("DROP SEQUENCE former_event_numbers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "security_event_numbers");

            migrationBuilder.Sql("SELECT setval('security_event_numbers', greatest(number, 1), number > 0) FROM event_chain");

            migrationBuilder.DropTable(
                name: "event_chain");

            migrationBuilder.DropTable(
                name: "event_heads");

            migrationBuilder.DropTable(
                name: "public_signing_keys");

            migrationBuilder.DropColumn(
                name: "actor_fields_hash",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "actor_salt",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "fields_hash",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "link",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "salt",
                table: "security_events");
        }
    }
}
