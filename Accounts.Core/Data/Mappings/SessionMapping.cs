using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        // The room that a fill factor leaves, and no index on what a refresh changes, keep its update in the page (HOT).
        session.ToTable("sessions").HasStorageParameter("fillfactor", 80);
        // The user first: every hot statement names the user, and the table can be sharded by it.
        session.HasKey(s => new { s.UserId, s.Id });
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        session.Property(s => s.EndReason).HasConversion(new SnakeCaseEnum<SessionEnd>()).HasMaxLength(20);
        session.Property(s => s.Ip).HasMaxLength(45);
        session.Property(s => s.UserAgent).HasMaxLength(Device.LongestUserAgent);
    }
}
