using Accounts.Core.Invitations;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitations");
        invitation.HasKey(i => i.Id);
        invitation.Property(i => i.Email).HasMaxLength(EmailAddress.Longest);
        invitation.Property(i => i.EmailKey).HasMaxLength(EmailAddress.Longest);
        invitation.Ignore(i => i.Address);
        invitation.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedBy).OnDelete(DeleteBehavior.SetNull);
        invitation.HasIndex(i => i.EmailKey).IsUnique();
        invitation.HasIndex(i => i.TokenHash).IsUnique();
    }
}
