using System.Data.Common;

namespace Accounts.Core.Users;

/// <summary>What a user sees of their own account: the body of <c>me</c>.</summary>
/// <param name="Extra">what is stored of extra fields, a JSON object</param>
/// <param name="LegacyId">their id in the system that they came from</param>
public sealed record UserProfile(
    Guid Id, string Username, string Email, bool EmailVerified, string[] Providers,
    string FirstName, string LastName, string[] Roles, bool HasPassword, string[] Ways, string? Locale, DateTimeOffset DateJoined,
    string? Extra, string? LegacyId)
{
    /// <summary>The select list that <see cref="Read"/> reads, where <c>u</c> is the user.</summary>
    public const string Columns = """
        u.id, u.username, u.email, u.email_verified,
        ARRAY(SELECT a.provider FROM social_accounts a WHERE a.user_id = u.id ORDER BY a.created_at),
        u.first_name, u.last_name, u.roles, u.password_hash IS NOT NULL, u.ways, u.locale, u.date_joined, u.extra, u.legacy_id
        """;

    public const int ColumnCount = 14;

    public static UserProfile Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetFieldValue<string[]>(4),
        row.GetString(5), row.GetString(6), row.GetFieldValue<string[]>(7), row.GetBoolean(8),
        row.GetFieldValue<string[]>(9), row.IsDBNull(10) ? null : row.GetString(10), row.GetFieldValue<DateTimeOffset>(11),
        row.IsDBNull(12) ? null : row.GetString(12), row.IsDBNull(13) ? null : row.GetString(13));

    public static UserProfile Of(User user, string[] providers) => new(
        user.Id, user.UserName!, user.Email!, user.EmailConfirmed, providers,
        user.FirstName, user.LastName, user.Roles, user.HasPassword, user.Ways, user.Locale, user.DateJoined, user.Extra, user.LegacyId);
}
