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
        // The sessions that a user has now, for the most that one may have; not of those that a later epoch has ended.
        session.HasIndex(s => new { s.UserId, s.Epoch, s.Id }).HasFilter("ended_at IS NULL").HasDatabaseName("ix_sessions_open");
        // What a session has that was never rotated; written all the same, so that a sign-in reads nothing back.
        session.Property(s => s.Epoch).HasDefaultValue(0L).ValueGeneratedNever();
        session.Property(s => s.ParentGeneration).HasDefaultValue(-1L).ValueGeneratedNever();
        session.Property(s => s.FirstChild).HasDefaultValue(0L).ValueGeneratedNever();
        session.Property(s => s.Transport).HasConversion(new SnakeCaseEnum<SessionTransport>()).HasMaxLength(10);
        session.Property(s => s.EndReason).HasConversion(new SnakeCaseEnum<SessionEnd>()).HasMaxLength(20);
        session.Property(s => s.Ip).HasMaxLength(45);
        session.Property(s => s.UserAgent).HasMaxLength(Device.LongestUserAgent);
    }
}
