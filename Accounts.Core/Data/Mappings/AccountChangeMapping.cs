using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class AccountChangeMapping : IEntityTypeConfiguration<AccountChange>
{
    public void Configure(EntityTypeBuilder<AccountChange> change)
    {
        change.ToTable("account_changes");
        change.HasKey(c => c.Id);
        change.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
        change.Property(c => c.Kind).HasConversion(new SnakeCaseEnum<SecurityEventKind>()).HasMaxLength(40);
        change.Property(c => c.At).HasDefaultValueSql("clock_timestamp()");
        change.Property(c => c.Email).HasMaxLength(EmailAddress.Longest);
        change.Property(c => c.ReservedEmail).HasMaxLength(EmailAddress.Longest);
        change.Property(c => c.Ip).HasMaxLength(45);
        change.Property(c => c.UserAgent).HasMaxLength(Device.LongestUserAgent);
        change.Property(c => c.ExpiresAt).HasDefaultValueSql($"clock_timestamp() + interval '{AccountChange.Window.TotalDays} days'");
        change.HasIndex(c => c.TokenHash).IsUnique();
        change.HasIndex(c => new { c.UserId, c.At });
        // A trigger on users reads by it, and refuses the address to everybody else.
        change.HasIndex(c => c.ReservedEmail).HasFilter("reserved_email IS NOT NULL");
    }
}
