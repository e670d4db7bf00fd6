using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class SessionEpochs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "rotated_by",
                table: "sessions");

            migrationBuilder.AddColumn<string>(
                name: "sessions_end_reason",
                table: "users",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sessions_ended_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_open",
                table: "sessions",
                columns: new[] { "user_id", "epoch", "id" },
                filter: "ended_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sessions_open",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "sessions_end_reason",
                table: "users");

            migrationBuilder.DropColumn(
                name: "sessions_ended_at",
                table: "users");

            migrationBuilder.AddColumn<byte[]>(
                name: "rotated_by",
                table: "sessions",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);
        }
    }
}
