using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class PendingSignUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "user_id",
                table: "email_verification_tokens",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "attempt_id",
                table: "email_verification_tokens",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "sign_up_id",
                table: "email_verification_tokens",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "pending_sign_ups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    username = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    first_name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    last_name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    password_hash = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now() + interval '24 hours'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pending_sign_ups", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_email_verification_tokens_attempt_id",
                table: "email_verification_tokens",
                column: "attempt_id");

            migrationBuilder.CreateIndex(
                name: "ix_email_verification_tokens_sign_up_id",
                table: "email_verification_tokens",
                column: "sign_up_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens",
                sql: "num_nonnulls(user_id, sign_up_id) = 1");

            migrationBuilder.CreateIndex(
                name: "ix_pending_sign_ups_email_key",
                table: "pending_sign_ups",
                column: "email_key");

            migrationBuilder.AddForeignKey(
                name: "fk_email_verification_tokens_pending_sign_ups_sign_up_id",
                table: "email_verification_tokens",
                column: "sign_up_id",
                principalTable: "pending_sign_ups",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_email_verification_tokens_pending_sign_ups_sign_up_id",
                table: "email_verification_tokens");

            migrationBuilder.DropTable(
                name: "pending_sign_ups");

            migrationBuilder.DropIndex(
                name: "ix_email_verification_tokens_attempt_id",
                table: "email_verification_tokens");

            migrationBuilder.DropIndex(
                name: "ix_email_verification_tokens_sign_up_id",
                table: "email_verification_tokens");

            migrationBuilder.DropCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens");

            migrationBuilder.DropColumn(
                name: "attempt_id",
                table: "email_verification_tokens");

            migrationBuilder.DropColumn(
                name: "sign_up_id",
                table: "email_verification_tokens");

            migrationBuilder.AlterColumn<Guid>(
                name: "user_id",
                table: "email_verification_tokens",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
