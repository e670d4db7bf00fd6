using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class PasskeyHandleIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Beside the work that goes on: all users are read for it. What an attempt that was broken off has left is of no use.
            migrationBuilder.Sql("SET lock_timeout = 0", suppressTransaction: true);
            migrationBuilder.Sql("DROP INDEX CONCURRENTLY IF EXISTS ix_users_passkey_handle", suppressTransaction: true);
            migrationBuilder.Sql("CREATE UNIQUE INDEX CONCURRENTLY ix_users_passkey_handle ON users (passkey_handle) WHERE passkey_handle IS NOT NULL", suppressTransaction: true);
            migrationBuilder.Sql("SET lock_timeout = '1s'", suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP INDEX CONCURRENTLY IF EXISTS ix_users_passkey_handle", suppressTransaction: true);
    }
}
