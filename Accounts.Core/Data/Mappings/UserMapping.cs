using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public const string UsernameIndex = "ix_users_username_key", EmailIndex = "ix_users_email_key", ShapeIndex = "ix_users_username_shape";

    /// <summary>What a trigger calls its refusal of an address that was somebody else's a few days ago, and may become theirs again.</summary>
    public const string ReservedEmail = "reserved_email";

    public void Configure(EntityTypeBuilder<User> user)
    {
        // Every sign-in updates it: the room that the fill factor leaves keeps that update in its page (HOT).
        user.ToTable("users").HasStorageParameter("fillfactor", 90);
        user.HasKey(u => u.Id);
        user.Property(u => u.UserName).HasColumnName("username").HasMaxLength(Username.Longest).IsRequired();
        user.Property(u => u.NormalizedUserName).HasColumnName("username_key").HasMaxLength(Username.Longest).IsRequired();
        user.Property(u => u.Email).HasMaxLength(EmailAddress.Longest).IsRequired();
        user.Property(u => u.NormalizedEmail).HasColumnName("email_key").HasMaxLength(EmailAddress.Longest).IsRequired();
        user.Property(u => u.EmailConfirmed).HasColumnName("email_verified");
        user.Property(u => u.PasswordHash).HasMaxLength(256);
        user.Property(u => u.SecurityStamp).HasMaxLength(32).IsRequired();
        user.Property(u => u.FirstName).HasMaxLength(User.LongestName);
        user.Property(u => u.LastName).HasMaxLength(User.LongestName);
        user.Property(u => u.Ways).HasDefaultValueSql("'{}'").ValueGeneratedNever();
        user.Property(u => u.SessionsEpoch).HasDefaultValue(0L).ValueGeneratedNever();
        user.Property(u => u.SessionsEndReason).HasMaxLength(20);
        user.Property(u => u.Version).HasDefaultValue(0L).ValueGeneratedNever();
        user.Property(u => u.SignedUpHere).HasDefaultValue(false).ValueGeneratedNever();
        user.Property(u => u.Locale).HasMaxLength(LanguageTag.Longest);
        user.Property(u => u.Extra).HasColumnType("jsonb");
        user.Property(u => u.LegacyId).HasMaxLength(User.LongestLegacyId);
        user.Property(u => u.DeactivationReason).HasMaxLength(User.LongestReason);
        user.Property(u => u.VerifiedBy).HasConversion(new SnakeCaseEnum<VerifiedBy>()).HasMaxLength(30);
        user.HasIndex(u => u.PasskeyHandle).IsUnique().HasFilter("passkey_handle IS NOT NULL");
        user.Ignore(u => u.ConcurrencyStamp).Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed)
            .Ignore(u => u.TwoFactorEnabled).Ignore(u => u.LockoutEnd).Ignore(u => u.LockoutEnabled).Ignore(u => u.AccessFailedCount)
            .Ignore(u => u.HasPassword).Ignore(u => u.Address);
        user.HasIndex(u => u.NormalizedUserName).IsUnique().HasDatabaseName(UsernameIndex);
        user.HasIndex(u => u.NormalizedEmail).IsUnique().HasDatabaseName(EmailIndex);
        // Of the few who are leaving: no sign-in changes it.
        user.HasIndex(u => u.EraseAfter).HasFilter("erase_after IS NOT NULL");
        user.HasIndex(u => u.UsernameShape).IsUnique().HasDatabaseName(ShapeIndex);
        // For administrators' lists. No sign-in changes any of these.
        user.HasIndex(u => new { u.DateJoined, u.Id });
        user.HasIndex(u => u.Roles).HasMethod("gin").UseCollation("C").HasFilter("cardinality(roles) > 0");
        user.HasIndex(u => new { u.DateJoined, u.Id }, "ix_users_unverified").HasFilter("NOT email_verified");
        user.HasIndex(u => new { u.DateJoined, u.Id }, "ix_users_inactive").HasFilter(LiveUser.DeactivatedSql);
        user.HasIndex(u => u.LegacyId).IsUnique().HasFilter("legacy_id IS NOT NULL");
    }
}
