using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class PendingSignUpMapping : IEntityTypeConfiguration<PendingSignUp>
{
    public void Configure(EntityTypeBuilder<PendingSignUp> signUp)
    {
        signUp.ToTable("pending_sign_ups");
        signUp.HasKey(s => s.Id);
        signUp.Property(s => s.Username).HasMaxLength(Username.Longest);
        signUp.Property(s => s.Email).HasMaxLength(EmailAddress.Longest);
        signUp.Property(s => s.EmailKey).HasMaxLength(EmailAddress.Longest);
        signUp.Property(s => s.FirstName).HasMaxLength(User.LongestName);
        signUp.Property(s => s.LastName).HasMaxLength(User.LongestName);
        signUp.Property(s => s.Extra).HasColumnType("jsonb");
        signUp.Property(s => s.PasswordHash).HasMaxLength(256);
        signUp.Property(s => s.CreatedAt).HasDefaultValueSql("now()");
        signUp.Property(s => s.ExpiresAt).HasDefaultValueSql($"now() + interval '{MailedToken.VerifyLifetime.TotalHours} hours'");
        signUp.Ignore(s => s.Address);
        signUp.HasIndex(s => s.EmailKey);
    }
}
