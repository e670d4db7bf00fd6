using Accounts.Core.Outbox;
using Accounts.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class WebhookMessageMapping : IEntityTypeConfiguration<WebhookMessage>
{
    public void Configure(EntityTypeBuilder<WebhookMessage> message)
    {
        message.ToTable("webhook_messages");
        message.HasKey(m => m.Id);
        message.Property(m => m.Id).HasDefaultValueSql("gen_random_uuid()");
        message.Property(m => m.Receiver).HasMaxLength(WebhookProgressMapping.LongestReceiver);
        message.Property(m => m.Type).HasMaxLength(WebhookMessage.LongestWord);
        message.Property(m => m.State).HasConversion(new SnakeCaseEnum<WebhookState>()).HasMaxLength(10);
        message.Property(m => m.Attempts).HasDefaultValue(0);
        message.Property(m => m.LastError).HasMaxLength(OutboxMessage.LongestError);
        message.Property(m => m.CreatedAt).HasDefaultValueSql("now()");
        message.Property(m => m.DueAt).HasDefaultValueSql("now()");
        message.Property(m => m.GiveUpAt).HasDefaultValueSql("now() + interval '3 days'");
        message.Property(m => m.IsLate).HasDefaultValue(false);
        // An event is told to a receiver once, whoever makes it.
        message.HasIndex(m => new { m.Receiver, m.Number }).IsUnique();
        // What may be claimed of one receiver: however much it has waiting, another's is found at once, and what is held is not in the way.
        message.HasIndex(m => new { m.Receiver, m.DueAt, m.Number }, "ix_webhook_messages_due").HasFilter("state IN ('queued', 'sending')");
        // What is open of one user, in its order.
        message.HasIndex(m => new { m.Receiver, m.UserId, m.Number }, "ix_webhook_messages_open").HasFilter("state IN ('queued', 'sending', 'held')");
        message.HasIndex(m => new { m.Receiver, m.UserId, m.Number }, "ix_webhook_messages_parked").HasFilter("state = 'parked'");
    }
}
