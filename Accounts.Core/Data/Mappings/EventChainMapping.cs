using Accounts.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class EventChainMapping : IEntityTypeConfiguration<EventChain>
{
    public void Configure(EntityTypeBuilder<EventChain> chain)
    {
        chain.ToTable("event_chain", table => table.HasCheckConstraint("ck_event_chain_only", $"id = {EventChain.Only}"));
        chain.HasKey(c => c.Id);
        chain.Property(c => c.Id).ValueGeneratedNever();
    }
}
