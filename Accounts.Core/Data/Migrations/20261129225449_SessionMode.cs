using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionMode : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "transport",
                table: "social_states",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValueSql: "'cookie'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "transport",
                table: "social_states");
        }
    }
}
