using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class UserVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What ends all sessions of a user, or changes their roles, raises their version: services refuse tokens of the one before. A script need not think of it.
            migrationBuilder.Sql("""
                CREATE FUNCTION raise_user_version() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  NEW.version := OLD.version + 1;
                  RETURN NEW;
                END $$
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER raise_user_version BEFORE UPDATE OF sessions_epoch, roles ON users FOR EACH ROW
                WHEN (OLD.version = NEW.version AND (OLD.sessions_epoch <> NEW.sessions_epoch OR OLD.roles <> NEW.roles))
                EXECUTE FUNCTION raise_user_version()
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER raise_user_version ON users");
            migrationBuilder.Sql("DROP FUNCTION raise_user_version()");
        }
    }
}
