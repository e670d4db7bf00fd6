using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class MailRequestMapping : IEntityTypeConfiguration<MailRequest>
{
    public void Configure(EntityTypeBuilder<MailRequest> request)
    {
        request.ToTable("mail_requests");
        request.HasKey(r => r.Id);
        request.Property(r => r.Purpose).HasConversion(new SnakeCaseEnum<MailPurpose>()).HasMaxLength(30);
        request.Property(r => r.Network).HasMaxLength(32);
        request.Property(r => r.AskedAt).HasDefaultValueSql("now()");
        request.HasIndex(r => r.Key);
    }
}
