using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ExtraFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A node that serves beside this one may have been given it by hand.
            migrationBuilder.Sql("ALTER TABLE users ADD COLUMN IF NOT EXISTS extra jsonb");

            migrationBuilder.AddColumn<string>(
                name: "extra",
                table: "pending_sign_ups",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "extra",
                table: "users");

            migrationBuilder.DropColumn(
                name: "extra",
                table: "pending_sign_ups");
        }
    }
}
