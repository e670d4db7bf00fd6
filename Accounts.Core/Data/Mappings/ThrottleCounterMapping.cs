using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class ThrottleCounterMapping : IEntityTypeConfiguration<ThrottleCounter>
{
    public void Configure(EntityTypeBuilder<ThrottleCounter> counter)
    {
        counter.ToTable("throttle_counters");
        counter.HasKey(c => c.Key);
    }
}
