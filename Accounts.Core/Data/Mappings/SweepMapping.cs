using Accounts.Core.Housekeeping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SweepMapping : IEntityTypeConfiguration<Sweep>
{
    public void Configure(EntityTypeBuilder<Sweep> sweep)
    {
        sweep.ToTable("sweeps");
        sweep.HasKey(s => s.Table);
        sweep.Property(s => s.Table).HasColumnName("table_name").HasMaxLength(63);
        sweep.Property(s => s.Page).HasDefaultValue(0L);
        sweep.Property(s => s.Removed).HasDefaultValue(0L);
        sweep.Property(s => s.DueAt).HasDefaultValueSql("clock_timestamp()");
    }
}
