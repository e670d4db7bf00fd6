using System.Text.Json;
using Accounts.Api.Admin;

namespace Accounts.Api.Commands;

/// <summary>A user, for a terminal.</summary>
internal static class UserText
{
    public static string Line(AdminUserResponse user) => CommandOutput.Printable(
        $"{user.Id}  {user.Username}  {user.Email}{(user.EmailVerified ? "" : " (not verified)")}  {user.Standing()}{(user.Roles.Length > 0 ? $"  {string.Join(", ", user.Roles)}" : "")}");

    public static IEnumerable<string> Lines(AdminUserResponse user)
    {
        (string Name, string? Value)[] lines =
        [
            ("id", user.Id.ToString()),
            ("username", user.Username),
            ("email", $"{user.Email}{(user.EmailVerified ? "" : " (not verified)")}"),
            ("name", $"{user.FirstName} {user.LastName}".Trim()),
            ("standing", $"{user.Standing()}{(user.Reason is null ? "" : $": {user.Reason}")}"),
            ("roles", string.Join(", ", user.Roles)),
            ("signs in by", string.Join(", ", user.Ways)),
            ("language", user.Locale),
            ("joined", CommandOutput.Time(user.DateJoined)),
            ("last sign-in", user.LastLogin is { } last ? CommandOutput.Time(last) : null),
            .. user.Extra?.Select(field => (field.Key, (string?)Text(field.Value))) ?? [],
        ];
        return lines.Where(line => line.Value is { Length: > 0 }).Select(line => CommandOutput.Printable($"{line.Name,-12}  {line.Value}"));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
