using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class EventNumber : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "number",
                table: "security_events",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateSequence(
                name: "security_event_numbers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropSequence(
                name: "security_event_numbers");

            migrationBuilder.DropColumn(
                name: "number",
                table: "security_events");
        }
    }
}
