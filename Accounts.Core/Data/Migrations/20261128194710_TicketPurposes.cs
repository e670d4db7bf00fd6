using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class TicketPurposes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mail_proved_at",
                table: "sign_in_tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "purpose",
                table: "sign_in_tickets",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "second_factor");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "mail_proved_at",
                table: "sign_in_tickets");

            migrationBuilder.DropColumn(
                name: "purpose",
                table: "sign_in_tickets");
        }
    }
}
