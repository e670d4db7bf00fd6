using System.Data.Common;
using System.Text.Json.Nodes;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>A user as administrators see them: no hash, seed or token among it.</summary>
public sealed record AdministeredUser(UserProfile Profile)
{
    /// <summary>The select list that <see cref="Read"/> reads, where <c>u</c> is the user.</summary>
    public const string Columns = $"{UserProfile.Columns}, {LiveUser.ActiveSql}, u.suspended_until, u.deactivation_reason, u.last_login, u.deleted_at, u.version";

    public bool IsActive { get; private init; }

    /// <summary>Null for who is active, and for who will not be by themselves.</summary>
    public DateTimeOffset? SuspendedUntil { get; private init; }

    /// <summary>Null for who is active.</summary>
    public string? Reason { get; private init; }

    public DateTimeOffset? LastLogin { get; private init; }

    public DateTimeOffset? DeletedAt { get; private init; }

    public long Version { get; private init; }

    public static AdministeredUser Read(DbDataReader row)
    {
        const int first = UserProfile.ColumnCount;
        return new AdministeredUser(UserProfile.Read(row))
        {
            IsActive = row.GetBoolean(first),
            LastLogin = Time(row, first + 3),
            DeletedAt = Time(row, first + 4),
            Version = row.GetInt64(first + 5),
        }.Suspended(Time(row, first + 1), row.IsDBNull(first + 2) ? null : row.GetString(first + 2));
    }

    public static AdministeredUser Of(User user, string[] providers) => new AdministeredUser(UserProfile.Of(user, providers))
    {
        IsActive = user.IsActiveNow(),
        LastLogin = user.LastLogin,
        DeletedAt = user.DeletedAt,
        Version = user.Version,
    }.Suspended(user.SuspendedUntil, user.DeactivationReason);

    /// <summary>Of a suspension that is over nothing is told.</summary>
    private AdministeredUser Suspended(DateTimeOffset? until, string? reason) => IsActive ? this : this with { SuspendedUntil = until, Reason = reason };

    /// <summary>What an act of an administrator may change, for the event that tells of it.</summary>
    public JsonObject State() => new()
    {
        ["username"] = Profile.Username,
        ["first_name"] = Profile.FirstName,
        ["last_name"] = Profile.LastName,
        ["locale"] = Profile.Locale,
        ["extra"] = Profile.Extra is null ? null : JsonNode.Parse(Profile.Extra),
        ["email_verified"] = Profile.EmailVerified,
        ["roles"] = new JsonArray([.. Profile.Roles.Select(role => JsonValue.Create(role))]),
        ["ways"] = new JsonArray([.. Profile.Ways.Select(way => JsonValue.Create(way))]),
        ["is_active"] = IsActive,
        ["suspended_until"] = SuspendedUntil?.UtcDateTime,
        ["reason"] = Reason,
        ["deleted_at"] = DeletedAt?.UtcDateTime,
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
