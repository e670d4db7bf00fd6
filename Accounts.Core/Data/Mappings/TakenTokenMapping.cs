using Accounts.Core.OldTokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class TakenTokenMapping : IEntityTypeConfiguration<TakenToken>
{
    public void Configure(EntityTypeBuilder<TakenToken> token)
    {
        token.ToTable("old_tokens");
        token.HasKey(t => new { t.UserId, t.TokenHash });
        token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
