using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class LinkTokenMapping : IEntityTypeConfiguration<LinkToken>
{
    public void Configure(EntityTypeBuilder<LinkToken> token)
    {
        token.ToTable("link_tokens");
        token.HasKey(t => t.Hash);
        token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        token.Property(t => t.SecurityStamp).HasMaxLength(32);
        token.Property(t => t.Provider).HasMaxLength(40);
        token.Property(t => t.Issuer).HasMaxLength(ExternalProfile.LongestIssuer);
        token.Property(t => t.ProviderUid).HasMaxLength(ExternalProfile.LongestUid);
        token.Property(t => t.Email).HasMaxLength(EmailAddress.Longest);
        token.Property(t => t.ExtraData).HasColumnType("jsonb");
        token.Property(t => t.MailboxProved).HasDefaultValue(false).ValueGeneratedNever();
        token.Property(t => t.CreatedAt).HasDefaultValueSql("now()");
        token.Property(t => t.ExpiresAt).HasDefaultValueSql($"now() + interval '{LinkToken.Lifetime.TotalMinutes} minutes'");
    }
}
