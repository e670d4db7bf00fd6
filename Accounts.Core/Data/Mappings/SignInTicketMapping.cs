using Accounts.Core.Sessions;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SignInTicketMapping : IEntityTypeConfiguration<SignInTicket>
{
    public void Configure(EntityTypeBuilder<SignInTicket> ticket)
    {
        ticket.ToTable("sign_in_tickets");
        ticket.HasKey(t => t.Hash);
        ticket.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        ticket.Ignore(t => t.Kind).Ignore(t => t.Attempt);
        ticket.Property(t => t.Purpose).HasConversion(new SnakeCaseEnum<TicketPurpose>()).HasMaxLength(20).HasDefaultValue(TicketPurpose.SecondFactor).ValueGeneratedNever();
        ticket.Property(t => t.SecurityStamp).HasMaxLength(32);
        ticket.Property(t => t.Transport).HasConversion(new SnakeCaseEnum<SessionTransport>()).HasMaxLength(20);
        ticket.Property(t => t.Ip).HasMaxLength(45);
        ticket.Property(t => t.UserAgent).HasMaxLength(Device.LongestUserAgent);
        ticket.Property(t => t.CreatedAt).HasDefaultValueSql("clock_timestamp()");
        ticket.Property(t => t.ExpiresAt).HasDefaultValueSql($"clock_timestamp() + interval '{SignInTicket.Lifetime.TotalMinutes} minutes'");
        ticket.HasIndex(t => t.UserId);
    }
}
