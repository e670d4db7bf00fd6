using Accounts.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Accounts.Core.Data.Mappings;

internal sealed class SecurityEventMapping : IEntityTypeConfiguration<SecurityEvent>
{
    private const string Numbered = "number IS NOT NULL";
    private static readonly string[] Links = ["Salt", "FieldsHash", "ActorSalt", "ActorFieldsHash", "Link"];

    public void Configure(EntityTypeBuilder<SecurityEvent> entry)
    {
        entry.ToTable("security_events");
        entry.HasKey(e => e.Id);
        // For who looks at what happened to their account, and for whether a device has been seen with it.
        entry.HasIndex(e => new { e.UserId, e.At });
        entry.Property(e => e.Kind).HasConversion(new SnakeCaseEnum<SecurityEventKind>()).HasMaxLength(40);
        entry.Property(e => e.Ip).HasMaxLength(45);
        entry.Property(e => e.Count).HasDefaultValue(1);
        entry.Property(e => e.ActorIp).HasMaxLength(45);
        entry.Property(e => e.ActorUserAgent).HasMaxLength(Device.LongestUserAgent);
        entry.Property(e => e.Before).HasColumnType("jsonb");
        entry.Property(e => e.After).HasColumnType("jsonb");
        // Of administrators' acts alone: a sign-in writes none.
        entry.HasIndex(e => new { e.ActorId, e.At }).HasFilter("actor_id IS NOT NULL");
        // Of what has its number, which no sign-in writes; and of the few that have none yet.
        entry.HasIndex(e => e.Number).IsUnique().HasFilter(Numbered);
        entry.HasIndex(e => new { e.Kind, e.Number }).UseCollation("C", null!).HasFilter(Numbered);
        entry.HasIndex(e => new { e.At, e.Number }).HasFilter(Numbered);
        entry.HasIndex(e => new { e.At, e.Id }, "ix_security_events_unnumbered").HasFilter("number IS NULL");
        entry.Property(e => e.UserAgent).HasMaxLength(Device.LongestUserAgent);
        foreach (var name in Links)
        {
            // Written where events are numbered, by SQL: what records one sends none of them along.
            entry.Property<byte[]?>(name).Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        }
    }
}
