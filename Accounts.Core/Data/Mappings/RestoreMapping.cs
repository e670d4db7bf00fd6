using Accounts.Core.Restoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class RestoreMapping : IEntityTypeConfiguration<Restore>
{
    public void Configure(EntityTypeBuilder<Restore> restore)
    {
        restore.ToTable("restores");
        restore.HasKey(r => r.Id);
        restore.Property(r => r.BeganAt).HasDefaultValueSql("clock_timestamp()");
    }
}
