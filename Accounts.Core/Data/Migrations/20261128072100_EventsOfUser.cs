using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class EventsOfUser : Migration
    {
        /// <summary>Beside all that is written meanwhile: it waits for who was there before, and nobody waits for it. What a start that was killed has left is begun anew.</summary>
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("SET lock_timeout = 0", suppressTransaction: true);
            migrationBuilder.Sql("DROP INDEX CONCURRENTLY IF EXISTS ix_security_events_user_id_at", suppressTransaction: true);
            migrationBuilder.Sql("CREATE INDEX CONCURRENTLY ix_security_events_user_id_at ON security_events (user_id, at)", suppressTransaction: true);
            migrationBuilder.Sql("SET lock_timeout = '1s'", suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DROP INDEX CONCURRENTLY IF EXISTS ix_security_events_user_id_at", suppressTransaction: true);
    }
}
