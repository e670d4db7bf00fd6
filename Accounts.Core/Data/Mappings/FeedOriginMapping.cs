using Accounts.Core.EndedSessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class FeedOriginMapping : IEntityTypeConfiguration<FeedOrigin>
{
    public void Configure(EntityTypeBuilder<FeedOrigin> origin)
    {
        origin.ToTable("feed_origins");
        origin.HasKey(o => o.Id);
        origin.Property(o => o.Id).HasDefaultValueSql("gen_random_uuid()");
        origin.Property(o => o.Since).HasDefaultValueSql("clock_timestamp()");
    }
}
