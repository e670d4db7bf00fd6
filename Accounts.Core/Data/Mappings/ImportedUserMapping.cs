using Accounts.Core.Import;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class ImportedUserMapping : IEntityTypeConfiguration<ImportedUser>
{
    public void Configure(EntityTypeBuilder<ImportedUser> imported)
    {
        imported.ToTable("imported_users");
        imported.HasKey(i => i.UserId);
        imported.HasOne<User>().WithOne().HasForeignKey<ImportedUser>(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
        imported.Property(i => i.Source).HasMaxLength(ImportedUser.LongestSource);
    }
}
