using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class EndedSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ended_sessions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    below = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    number = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ended_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "feed_origins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, defaultValueSql: "gen_random_uuid()"),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feed_origins", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ended_sessions_number",
                table: "ended_sessions",
                column: "number",
                unique: true,
                filter: "number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ended_sessions_unnumbered",
                table: "ended_sessions",
                column: "id",
                filter: "number IS NULL");

            migrationBuilder.Sql("INSERT INTO feed_origins DEFAULT VALUES");

            // Whichever way a session ends, and whoever writes the next one. A refresh sets none of these columns, and so calls none of them.
            migrationBuilder.Sql("""
                CREATE FUNCTION tell_ended_session() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                BEGIN
                  -- What ended with all of its user's was told by the user's row, and is marked, or swept, later.
                  INSERT INTO ended_sessions (user_id, session_id)
                  SELECT OLD.user_id, OLD.id FROM users u WHERE u.id = OLD.user_id AND u.sessions_epoch = OLD.epoch;
                  RETURN NULL;
                END $$
                """);
            migrationBuilder.Sql("""
                CREATE FUNCTION tell_user_out() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                BEGIN
                  INSERT INTO ended_sessions (user_id, below) VALUES (OLD.id, CASE TG_OP WHEN 'DELETE' THEN OLD.version + 1 ELSE NEW.version END);
                  RETURN NULL;
                END $$
                """);
            // Of a user whose sessions end because a backup was put back nothing is told: all do, and the keys of before are revoked.
            migrationBuilder.Sql("""
                CREATE TRIGGER tell_user_out AFTER UPDATE OF sessions_epoch, roles ON users FOR EACH ROW
                WHEN (OLD.sessions_epoch <> NEW.sessions_epoch AND NEW.sessions_end_reason IS DISTINCT FROM 'restored' OR OLD.roles <> NEW.roles)
                EXECUTE FUNCTION tell_user_out()
                """);
            // Who was deleted before was told of then.
            migrationBuilder.Sql("""
                CREATE TRIGGER tell_user_gone AFTER DELETE ON users FOR EACH ROW WHEN (OLD.deleted_at IS NULL) EXECUTE FUNCTION tell_user_out()
                """);
            // In session mode there are no access tokens.
            migrationBuilder.Sql("""
                CREATE TRIGGER tell_ended_session AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
                WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND OLD.transport IN ('cookie', 'body')) EXECUTE FUNCTION tell_ended_session()
                """);
            // The sweep takes what has not been used for more than a week.
            migrationBuilder.Sql("""
                CREATE TRIGGER tell_deleted_session AFTER DELETE ON sessions FOR EACH ROW
                WHEN (OLD.ended_at IS NULL AND OLD.transport IN ('cookie', 'body') AND OLD.rotated_at > now() - interval '7 days') EXECUTE FUNCTION tell_ended_session()
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER tell_deleted_session ON sessions");
            migrationBuilder.Sql("DROP TRIGGER tell_ended_session ON sessions");
            migrationBuilder.Sql("DROP TRIGGER tell_user_gone ON users");
            migrationBuilder.Sql("DROP TRIGGER tell_user_out ON users");
            migrationBuilder.Sql("DROP FUNCTION tell_user_out()");
            migrationBuilder.Sql("DROP FUNCTION tell_ended_session()");

            migrationBuilder.DropTable(
                name: "ended_sessions");

            migrationBuilder.DropTable(
                name: "feed_origins");
        }
    }
}
