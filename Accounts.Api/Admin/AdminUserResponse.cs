using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Admin;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Admin;

/// <summary>A user as administrators see them: the members of `me`, extra fields among them, and what follows.</summary>
/// <param name="IsActive">false for who is deactivated, as long as that lasts</param>
/// <param name="SuspendedUntil">when they are active again by themselves; null for never, and for who is</param>
/// <param name="Reason">why they are not, in an administrator's words</param>
/// <param name="LastLogin">null for who never was</param>
/// <param name="DeletedAt">null for who is not deleted</param>
/// <param name="Version">as the `ETag`</param>
public sealed record AdminUserResponse(
    Guid Id, string Username, string Email, bool EmailVerified, string[] Providers,
    string FirstName, string LastName, string[] Roles, bool HasPassword, string[] Ways,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Locale, DateTime DateJoined,
    bool IsActive, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? SuspendedUntil, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? LastLogin, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? DeletedAt,
    long Version) : IAnswer<AdminUserResponse>
{
    public static AdminUserResponse Example { get; } = new(
        UserResponse.Example.Id, "ann", "ann@example.test", true, ["google"], "Ann", "Smith", ["editor"], true, ["password", "google"], "en-GB", UserResponse.Example.DateJoined,
        true, null, null, new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc), null, 3);

    /// <summary>Their id in the system that they came from; not there for who signed up here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LegacyId { get; init; }

    /// <summary>The extra fields, which stand beside the others; null where there are none. Set, because the serializer takes what is initialised for its constructor's.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }

    /// <summary>Whether they are let in, for people.</summary>
    public string Standing() => DeletedAt is not null ? "deleted"
        : IsActive ? "active"
        : SuspendedUntil is { } until ? $"suspended until {until.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}" : "deactivated";

    /// <param name="user">as they are now</param>
    /// <param name="extra">the fields that are configured</param>
    public static AdminUserResponse Of(AdministeredUser user, ExtraFields extra)
    {
        var me = user.Profile;
        return new(
            me.Id, me.Username, me.Email, me.EmailVerified, me.Providers, me.FirstName, me.LastName, me.Roles, me.HasPassword, me.Ways, me.Locale, me.DateJoined.UtcDateTime,
            user.IsActive, user.SuspendedUntil?.UtcDateTime, user.Reason, user.LastLogin?.UtcDateTime, user.DeletedAt?.UtcDateTime, user.Version)
        {
            LegacyId = me.LegacyId,
            Extra = extra.Shown(me.Extra),
        };
    }
}

/// <summary>A page of users.</summary>
/// <param name="Count">How many there are: exact up to 10,000, an estimate above.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
/// <param name="Previous">The address of the page before; null on the first.</param>
public sealed record AdminUsersResponse(
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous,
    AdminUserResponse[] Results) : IAnswer<AdminUsersResponse>
{
    public static AdminUsersResponse Example { get; } = new(26, "https://accounts.example.com/api/admin/users/?page=2", null, [AdminUserResponse.Example]);
}
