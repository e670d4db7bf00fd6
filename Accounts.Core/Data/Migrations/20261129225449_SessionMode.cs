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

            migrationBuilder.AlterColumn<string>(
                name: "transport",
                table: "sessions",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(10)",
                oldMaxLength: 10);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "transport",
                table: "social_states");

            migrationBuilder.AlterColumn<string>(
                name: "transport",
                table: "sessions",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(20)",
                oldMaxLength: 20);
        }
    }
}
