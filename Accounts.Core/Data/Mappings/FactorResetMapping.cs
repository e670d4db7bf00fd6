using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class FactorResetMapping : IEntityTypeConfiguration<FactorReset>
{
    public void Configure(EntityTypeBuilder<FactorReset> reset)
    {
        reset.ToTable("factor_resets");
        reset.HasKey(r => r.UserId);
        reset.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
