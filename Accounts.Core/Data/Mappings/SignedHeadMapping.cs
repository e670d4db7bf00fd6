using Accounts.Core.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SignedHeadMapping : IEntityTypeConfiguration<SignedHead>
{
    public void Configure(EntityTypeBuilder<SignedHead> head)
    {
        head.ToTable("event_heads");
        head.HasKey(h => h.Number);
        head.Property(h => h.Number).ValueGeneratedNever();
    }
}
