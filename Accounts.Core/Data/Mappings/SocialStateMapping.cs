using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SocialStateMapping : IEntityTypeConfiguration<SocialState>
{
    public void Configure(EntityTypeBuilder<SocialState> state)
    {
        state.ToTable("social_states");
        state.HasKey(s => s.Hash);
        state.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        state.Property(s => s.Provider).HasMaxLength(40);
        state.Property(s => s.Mode).HasConversion(new SnakeCaseEnum<SocialMode>()).HasMaxLength(10);
        state.Property(s => s.Nonce).HasMaxLength(43);
        state.Property(s => s.RedirectUri).HasMaxLength(SocialState.LongestUrl);
        state.Property(s => s.Next).HasMaxLength(SocialState.LongestUrl);
        state.Property(s => s.Transport).HasConversion(new SnakeCaseEnum<SessionTransport>()).HasMaxLength(20).HasDefaultValueSql("'cookie'").ValueGeneratedNever();
        state.Property(s => s.CreatedAt).HasDefaultValueSql("now()");
        state.Property(s => s.ExpiresAt).HasDefaultValueSql($"now() + interval '{SocialState.Lifetime.TotalMinutes} minutes'");
    }
}
