using Accounts.Core.Outbox;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("outbox_messages");
        message.HasKey(m => m.Id);
        message.Property(m => m.State).HasConversion(new SnakeCaseEnum<OutboxState>()).HasMaxLength(10);
        message.Property(m => m.Template).HasMaxLength(40);
        message.Property(m => m.Recipient).HasMaxLength(EmailAddress.Longest);
        message.Property(m => m.LastError).HasMaxLength(OutboxMessage.LongestError);
        message.Property(m => m.CreatedAt).HasDefaultValueSql("now()");
        message.Property(m => m.DueAt).HasDefaultValueSql("now()");
        // Only what still waits is in it: it stays small whatever the table keeps.
        message.HasIndex(m => m.DueAt).HasFilter("state IN ('queued', 'sending')");
    }
}
