using Accounts.Core.MailedTokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class MailedTokenMapping : IEntityTypeConfiguration<MailedToken>
{
    public void Configure(EntityTypeBuilder<MailedToken> token)
    {
        token.ToTable("email_verification_tokens");
        token.HasKey(t => t.Id);
        token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        token.Property(t => t.Email).HasMaxLength(EmailAddress.Longest);
        token.Property(t => t.Purpose).HasConversion(new SnakeCaseEnum<TokenPurpose>()).HasMaxLength(10);
        token.Property(t => t.CreatedAt).HasDefaultValueSql("now()");
        token.Property(t => t.ExpiresAt).HasDefaultValueSql($"now() + interval '{MailedToken.VerifyLifetime.TotalHours} hours'");
        token.HasIndex(t => t.TokenHash).IsUnique();
        token.HasIndex(t => new { t.UserId, t.Purpose });
    }
}
