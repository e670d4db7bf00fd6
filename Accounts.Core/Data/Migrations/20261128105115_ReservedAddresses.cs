using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ReservedAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reserved_email",
                table: "account_changes",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "ix_account_changes_reserved_email",
                table: "account_changes",
                column: "reserved_email",
                filter: "reserved_email IS NOT NULL");

            // Whichever way a user comes to an address: no unique index spans two tables. Nobody's sign-in sets the column.
            migrationBuilder.Sql("""
                CREATE FUNCTION refuse_reserved_email() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
                BEGIN
                  IF EXISTS (SELECT FROM account_changes WHERE reserved_email = NEW.email_key AND user_id <> NEW.id
                             AND undone_at IS NULL AND void_at IS NULL AND expires_at > clock_timestamp()) THEN
                    RAISE unique_violation USING TABLE = 'users', CONSTRAINT = 'reserved_email', MESSAGE = 'who had the address may have it back';
                  END IF;
                  RETURN NEW;
                END $$
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER refuse_reserved_email BEFORE INSERT OR UPDATE OF email_key ON users
                FOR EACH ROW EXECUTE FUNCTION refuse_reserved_email()
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER refuse_reserved_email ON users");
            migrationBuilder.Sql("DROP FUNCTION refuse_reserved_email()");

            migrationBuilder.DropIndex(
                name: "ix_account_changes_reserved_email",
                table: "account_changes");

            migrationBuilder.DropColumn(
                name: "reserved_email",
                table: "account_changes");
        }
    }
}
