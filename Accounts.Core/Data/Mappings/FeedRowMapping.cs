using Accounts.Core.EndedSessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class FeedRowMapping : IEntityTypeConfiguration<FeedRow>
{
    public void Configure(EntityTypeBuilder<FeedRow> entry)
    {
        entry.ToTable("ended_sessions");
        entry.HasKey(e => e.Id);
        entry.Property(e => e.At).HasDefaultValueSql("clock_timestamp()");
        entry.HasIndex(e => e.Number).IsUnique().HasFilter("number IS NOT NULL");
        entry.HasIndex(e => e.Id, "ix_ended_sessions_unnumbered").HasFilter("number IS NULL");
    }
}
