using Accounts.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class DailyCountMapping : IEntityTypeConfiguration<DailyCount>
{
    public void Configure(EntityTypeBuilder<DailyCount> count)
    {
        count.ToTable("daily_counts");
        count.HasKey(c => new { c.Day, c.Kind });
        count.Property(c => c.Kind).HasConversion(new SnakeCaseEnum<SecurityEventKind>()).HasMaxLength(40);
    }
}
