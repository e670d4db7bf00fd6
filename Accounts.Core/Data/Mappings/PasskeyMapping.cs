using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class PasskeyMapping : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> passkey)
    {
        // Each use updates it: the room that the fill factor leaves keeps that update in its page (HOT).
        passkey.ToTable("passkeys", table => table.HasCheckConstraint("ck_passkeys_credential_id", $"octet_length(credential_id) BETWEEN 1 AND {Passkey.LongestCredentialId}"))
            .HasStorageParameter("fillfactor", 90);
        passkey.HasKey(p => p.Id);
        passkey.HasOne<User>().WithMany().HasForeignKey(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        passkey.Property(p => p.Name).HasMaxLength(UserFactors.LongestName);
        passkey.Property(p => p.UserVerifiedAtUse).HasDefaultValue(false);
        passkey.HasIndex(p => p.CredentialId).IsUnique();
    }
}
