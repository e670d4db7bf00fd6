using Accounts.Core.SigningKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class PublicSigningKeyMapping : IEntityTypeConfiguration<PublicSigningKey>
{
    public void Configure(EntityTypeBuilder<PublicSigningKey> key)
    {
        key.ToTable("public_signing_keys");
        key.HasKey(k => k.Id);
        key.Property(k => k.Id).HasMaxLength(43);
    }
}
