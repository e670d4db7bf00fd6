using Accounts.Core.Passkeys;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class PasskeyStateMapping : IEntityTypeConfiguration<PasskeyState>
{
    public void Configure(EntityTypeBuilder<PasskeyState> state)
    {
        state.ToTable("passkey_states");
        state.HasKey(s => s.Hash);
        state.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        state.Property(s => s.Kind).HasConversion(new SnakeCaseEnum<CeremonyKind>()).HasMaxLength(10);
        state.Property(s => s.Purpose).HasConversion(new SnakeCaseEnum<PasskeyPurpose>()).HasMaxLength(20);
        state.Property(s => s.Requirement).HasConversion(new SnakeCaseEnum<UserVerification>()).HasMaxLength(10);
        state.Property(s => s.CreatedAt).HasDefaultValueSql("clock_timestamp()");
        state.Property(s => s.ExpiresAt).HasDefaultValueSql($"clock_timestamp() + interval '{PasskeyState.Lifetime.TotalMinutes} minutes'");
    }
}
