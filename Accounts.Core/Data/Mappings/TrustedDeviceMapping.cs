using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class TrustedDeviceMapping : IEntityTypeConfiguration<TrustedDevice>
{
    public void Configure(EntityTypeBuilder<TrustedDevice> device)
    {
        device.ToTable("trusted_devices");
        device.HasKey(d => new { d.UserId, d.Id });
        device.HasOne<User>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
        device.Property(d => d.SecurityStamp).HasMaxLength(32);
        device.Property(d => d.Name).HasMaxLength(TrustedDevice.LongestName);
        device.Property(d => d.Ip).HasMaxLength(45);
    }
}
