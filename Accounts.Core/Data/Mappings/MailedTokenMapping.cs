using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class MailedTokenMapping : IEntityTypeConfiguration<MailedToken>
{
    public void Configure(EntityTypeBuilder<MailedToken> token)
    {
        token.ToTable("email_verification_tokens", table => table.HasCheckConstraint(
            "ck_email_verification_tokens_owner", "num_nonnulls(user_id, sign_up_id) = 1 OR purpose = 'sign_in' AND sign_up_id IS NULL"));
        token.HasKey(t => t.Id);
        token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        token.HasOne<PendingSignUp>().WithMany().HasForeignKey(t => t.SignUpId).OnDelete(DeleteBehavior.Cascade);
        token.Property(t => t.Email).HasMaxLength(EmailAddress.Longest);
        token.Property(t => t.EmailKey).HasMaxLength(EmailAddress.Longest);
        token.Property(t => t.Ip).HasMaxLength(45);
        token.Property(t => t.UserAgent).HasMaxLength(Device.LongestUserAgent);
        token.Property(t => t.NewEmail).HasMaxLength(EmailAddress.Longest);
        token.Property(t => t.Purpose).HasConversion(new SnakeCaseEnum<TokenPurpose>()).HasMaxLength(20);
        token.Property(t => t.CreatedAt).HasDefaultValueSql("now()");
        token.Property(t => t.ExpiresAt).HasDefaultValueSql($"now() + interval '{MailedToken.VerifyLifetime.TotalHours} hours'");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasIndex(t => new { t.UserId, t.Purpose });
        token.HasIndex(t => t.AttemptId);
    }
}
