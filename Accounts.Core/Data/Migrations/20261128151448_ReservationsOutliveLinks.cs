using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReservationsOutliveLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Whether a link is void is another matter: what it keeps is had back by an earlier one.
            Replace(migrationBuilder, "undone_at IS NULL", "AFTER");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            Replace(migrationBuilder, "undone_at IS NULL AND void_at IS NULL", "BEFORE");
        }

        /// <summary>After the unique index has waited for whoever is leaving the address: a look before that wait sees no change yet.</summary>
        private static void Replace(MigrationBuilder migrationBuilder, string kept, string when)
        {
            migrationBuilder.Sql("DROP TRIGGER refuse_reserved_email ON users");
            migrationBuilder.Sql($"""
                CREATE OR REPLACE FUNCTION refuse_reserved_email() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                BEGIN
                  IF EXISTS (SELECT FROM account_changes WHERE reserved_email = NEW.email_key AND user_id <> NEW.id
                             AND {kept} AND expires_at > clock_timestamp()) THEN
                    RAISE unique_violation USING TABLE = 'users', CONSTRAINT = 'reserved_email', MESSAGE = 'who had the address may have it back';
                  END IF;
                  RETURN NEW;
                END $$
                """);
            migrationBuilder.Sql($"""
                CREATE TRIGGER refuse_reserved_email {when} INSERT OR UPDATE OF email_key ON users
                FOR EACH ROW EXECUTE FUNCTION refuse_reserved_email()
                """);
        }
    }
}
