using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class EmailTicketMapping : IEntityTypeConfiguration<EmailTicket>
{
    public void Configure(EntityTypeBuilder<EmailTicket> ticket)
    {
        ticket.ToTable("email_tickets");
        ticket.HasKey(t => t.Hash);
        ticket.Property(t => t.Profile).HasColumnType("jsonb");
        ticket.Property(t => t.Email).HasMaxLength(EmailAddress.Longest);
        ticket.Property(t => t.Attempts).HasDefaultValue(0).ValueGeneratedNever();
        ticket.Property(t => t.CreatedAt).HasDefaultValueSql("now()");
        ticket.Property(t => t.ExpiresAt).HasDefaultValueSql($"now() + interval '{EmailTicket.Lifetime.TotalMinutes} minutes'");
        ticket.Ignore(t => t.Place).Ignore(t => t.Address).Ignore(t => t.Identity);
        ticket.HasIndex(t => t.LinkHash).IsUnique();
    }
}
