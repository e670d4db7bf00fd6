using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Accounts.Core.Import.Reading;

/// <summary>
/// Users of Supabase: <c>auth.users</c> with <c>auth.identities</c>, from its database, or from a CSV file of the same query or of the table alone
/// (https://github.com/supabase/auth, migrations; https://supabase.com/docs/guides/auth/managing-user-data).
/// </summary>
/// <param name="rows">of them</param>
public sealed class SupabaseUsers(Func<CancellationToken, IAsyncEnumerable<(ForeignRow Row, string? Problem)>> rows) : IForeignUsers
{
    /// <summary>Who is deleted there is kept as a row; anonymous users have no address and could not come. Databases of before 2023 have no <c>is_sso_user</c>.</summary>
    public const string Query = """
        SELECT u.id::text AS id, u.email::text AS email, u.encrypted_password::text AS encrypted_password, u.email_confirmed_at::text AS email_confirmed_at,
          u.banned_until::text AS banned_until, u.created_at::text AS created_at, u.last_sign_in_at::text AS last_sign_in_at,
          u.raw_app_meta_data::text AS raw_app_meta_data, u.raw_user_meta_data::text AS raw_user_meta_data, to_jsonb(u) ->> 'is_sso_user' AS is_sso_user,
          (SELECT json_agg(json_build_object('provider', i.provider, 'data', i.identity_data) ORDER BY i.created_at)::text FROM auth.identities i WHERE i.user_id = u.id) AS identities
        FROM auth.users u WHERE u.deleted_at IS NULL
        """;

    private static readonly string[] Needed = ["id", "email", "encrypted_password", "email_confirmed_at"];

    private static readonly Dictionary<string, string?> Providers = new() { ["azure"] = "microsoft", ["linkedin_oidc"] = "linkedin", ["email"] = null, ["phone"] = null };

    /// <summary>A date far away, as PostgreSQL calls it.</summary>
    private const string ForEver = "infinity";

    public string Name => "supabase";

    public static SupabaseUsers Of(ForeignDatabase database) => new(cancellation => RowsAsync(database, cancellation));

    public static SupabaseUsers Of(string file) => new(cancellation => CsvTable.ReadAsync(file, columns => Demand(file, columns), cancellation));

    private static void Demand(string file, string[] columns)
    {
        if (Needed.FirstOrDefault(column => !columns.Contains(column)) is { } missing)
        {
            throw new ForeignDataException($"{file} has no column {missing}: export auth.users with the names of its columns in the first line.");
        }
    }

    private static async IAsyncEnumerable<(ForeignRow Row, string? Problem)> RowsAsync(ForeignDatabase database, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in database.ReadAsync(Query, cancellation))
        {
            yield return (new ForeignRow($"auth.users {row["id"]}", column => row.GetValueOrDefault(column)), null);
        }
    }

    public async IAsyncEnumerable<ForeignUser> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (row, problem) in rows(cancellation))
        {
            if (ForeignRow.Past(row.Text("deleted_at")) is null)
            {
                yield return Of(row, problem);
            }
        }
    }

    /// <summary>A text in the JSON that is none, half a character, is that user's problem alone.</summary>
    private static ForeignUser Of(ForeignRow row, string? problem)
    {
        try
        {
            return Read(row, problem);
        }
        catch (InvalidOperationException)
        {
            return new ForeignUser { LegacyId = row.Text("id") ?? "", Place = row.Place, Problem = "A text of it is not valid UTF-8." };
        }
    }

    private static ForeignUser Read(ForeignRow row, string? problem)
    {
        // Everybody may write into their own user_metadata: of it comes a name, and never a role.
        var (app, own) = (JsonValues.Parse(row.Text("raw_app_meta_data")), JsonValues.Parse(row.Text("raw_user_meta_data")));
        return new ForeignUser
        {
            LegacyId = row.Text("id") ?? "",
            Place = row.Place,
            Problem = problem ?? NoTime(row) ?? Sso(row.Text("is_sso_user")),
            Email = row.Text("email"),
            EmailVerified = ForeignRow.Past(row.Text("email_confirmed_at")) is not null,
            PasswordHash = row.Text("encrypted_password"),
            IsActive = !IsBanned(row.Text("banned_until")),
            DateJoined = ForeignRow.Moment(row.Text("created_at")),
            LastLogin = ForeignRow.Moment(row.Text("last_sign_in_at")),
            FirstName = own?.Text("full_name") ?? own?.Text("name") ?? "",
            Roles = [.. app?.Roles() ?? []],
            Identities = [.. Identities(row.Text("identities"))],
            Notes = [.. ForeignRow.Unreadable(row.Text("created_at"), row.Text("last_sign_in_at"))],
        };
    }

    /// <summary>Whether an address is proved, and who is there at all, is not guessed: exports write <c>null</c> and the like for nothing, too.</summary>
    private static string? NoTime(ForeignRow row) => new[] { "email_confirmed_at", "deleted_at", "banned_until" }
        .Select(column => (Column: column, Text: row.Text(column)))
        .Where(time => time.Text is not null && (time.Column == "banned_until" ? time.Text != ForEver && ForeignRow.Moment(time.Text) is null : ForeignRow.Past(time.Text) is null))
        .Select(time => $"\"{ImportText.Shown(time.Text!)}\" in {time.Column} is no time.").FirstOrDefault();

    /// <summary>Whose company signs them in is found by it, and may have the address of an ordinary user.</summary>
    private static string? Sso(string? text) => ForeignRow.Truth(text) switch
    {
        true => "Signs in by SSO there, and is left out: SSO does not come over.",
        null when text is not null => $"\"{ImportText.Shown(text)}\" in is_sso_user is neither true nor false.",
        _ => null,
    };

    private static bool IsBanned(string? until) => until is not null && (ForeignRow.Moment(until) is not { } end || end > DateTimeOffset.UtcNow);

    private static IEnumerable<ForeignIdentity> Identities(string? json) => JsonValues.Parse(json) is { ValueKind: JsonValueKind.Array } identities
        ? identities.EnumerateArray().Select(Identity).OfType<ForeignIdentity>()
        : [];

    private static ForeignIdentity? Identity(JsonElement identity)
    {
        var provider = identity.Text("provider") ?? "";
        var name = Providers.TryGetValue(provider, out var ours) ? ours : provider;
        var data = identity.TryGetProperty("data", out var found) ? found : default;
        return name is null || data.Text("sub") is not { } uid ? null : new ForeignIdentity(name, uid, data.Text("email"), data.IsTrue("email_verified"));
    }
}
