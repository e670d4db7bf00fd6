using Accounts.Core.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class ErasedImportMapping : IEntityTypeConfiguration<ErasedImport>
{
    public void Configure(EntityTypeBuilder<ErasedImport> erased)
    {
        erased.ToTable("erased_imports");
        erased.HasKey(e => e.Id);
        erased.Property(e => e.Id).ValueGeneratedNever();
    }
}
