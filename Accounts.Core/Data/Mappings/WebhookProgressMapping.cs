using Accounts.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class WebhookProgressMapping : IEntityTypeConfiguration<WebhookProgress>
{
    public const int LongestReceiver = 32;

    public void Configure(EntityTypeBuilder<WebhookProgress> progress)
    {
        progress.ToTable("webhook_receivers");
        progress.HasKey(p => p.Receiver);
        progress.Property(p => p.Receiver).HasMaxLength(LongestReceiver);
    }
}
