using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Accounts.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class MailSignIns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens");

            migrationBuilder.AddColumn<string>(
                name: "email_key",
                table: "email_verification_tokens",
                type: "character varying(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ip",
                table: "email_verification_tokens",
                type: "character varying(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "user_agent",
                table: "email_verification_tokens",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens",
                sql: "num_nonnulls(user_id, sign_up_id) = 1 OR purpose = 'sign_in' AND sign_up_id IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens");

            migrationBuilder.DropColumn(
                name: "email_key",
                table: "email_verification_tokens");

            migrationBuilder.DropColumn(
                name: "ip",
                table: "email_verification_tokens");

            migrationBuilder.DropColumn(
                name: "user_agent",
                table: "email_verification_tokens");

            migrationBuilder.AddCheckConstraint(
                name: "ck_email_verification_tokens_owner",
                table: "email_verification_tokens",
                sql: "num_nonnulls(user_id, sign_up_id) = 1");
        }
    }
}
