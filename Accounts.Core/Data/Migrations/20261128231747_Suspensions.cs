using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Suspensions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "deactivation_reason",
                table: "users",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            // A node that serves beside this one may have been given it by hand.
            migrationBuilder.Sql("ALTER TABLE users ADD COLUMN IF NOT EXISTS suspended_until timestamptz");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "deactivation_reason",
                table: "users");

            migrationBuilder.DropColumn(
                name: "suspended_until",
                table: "users");
        }
    }
}
