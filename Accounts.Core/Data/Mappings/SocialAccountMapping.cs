using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SocialAccountMapping : IEntityTypeConfiguration<SocialAccount>
{
    public void Configure(EntityTypeBuilder<SocialAccount> account)
    {
        account.ToTable("social_accounts");
        account.HasKey(a => new { a.Provider, a.Issuer, a.ProviderUid });
        account.HasOne<User>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        account.Property(a => a.Provider).HasMaxLength(40);
        account.Property(a => a.Issuer).HasMaxLength(ExternalProfile.LongestIssuer);
        account.Property(a => a.ProviderUid).HasMaxLength(ExternalProfile.LongestUid);
        account.Property(a => a.Email).HasMaxLength(EmailAddress.Longest);
        account.Property(a => a.ExtraData).HasColumnType("jsonb");
        account.HasIndex(a => new { a.UserId, a.Provider }).IsUnique();
    }
}
