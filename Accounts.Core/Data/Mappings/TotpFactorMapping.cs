using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class TotpFactorMapping : IEntityTypeConfiguration<TotpFactor>
{
    public void Configure(EntityTypeBuilder<TotpFactor> factor)
    {
        factor.ToTable("totp_factors");
        factor.HasKey(f => f.Id);
        factor.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
        factor.Property(f => f.Name).HasMaxLength(UserFactors.LongestName);
        factor.HasIndex(f => f.UserId);
        // Of one user at most one is begun at a time.
        factor.HasIndex(f => f.UserId, "ix_totp_factors_begun").IsUnique().HasFilter("confirmed_at IS NULL");
    }
}
