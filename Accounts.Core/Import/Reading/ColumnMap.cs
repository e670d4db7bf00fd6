namespace Accounts.Core.Import.Reading;

/// <summary>Which column of a table is what of a user: as whoever imports says, and else by the names that such columns have.</summary>
public sealed class ColumnMap
{
    /// <summary>What can be mapped, and what such a column is called where nothing is said.</summary>
    private static readonly Dictionary<string, string[]> Usual = new()
    {
        ["legacy_id"] = ["legacy_id", "id", "uid", "user_id", "pk"],
        ["username"] = ["username", "user_name", "login"],
        ["email"] = ["email", "email_address", "mail"],
        ["email_verified"] = ["email_verified", "email_confirmed", "is_verified", "verified", "confirmed", "confirmed_at", "confirmed_on", "email_confirmed_at", "email_verified_at"],
        ["password_hash"] = ["password_hash", "password", "hashed_password", "encrypted_password", "pwhash"],
        ["is_active"] = ["is_active", "active"],
        ["date_joined"] = ["date_joined", "created_at", "created_on", "registered_on"],
        ["last_login"] = ["last_login", "last_login_at", "last_sign_in_at"],
        ["first_name"] = ["first_name", "firstname", "name", "full_name"],
        ["last_name"] = ["last_name", "lastname"],
        ["roles"] = ["roles", "role"],
    };

    private readonly Dictionary<string, string> columns;

    private ColumnMap(Dictionary<string, string> columns) => this.columns = columns;

    /// <summary>What can be mapped.</summary>
    public static IReadOnlyCollection<string> Fields => Usual.Keys;

    public IEnumerable<string> Columns => columns.Values.SelectMany(Names).Distinct(StringComparer.Ordinal);

    /// <param name="said">fields with columns; one with <c>!</c> before it says the opposite (<c>is_active=!disabled</c>), several for roles have <c>+</c> between them</param>
    /// <param name="there">the columns that there are</param>
    /// <exception cref="ForeignDataException">one is named that there is not, or none has the id or the address</exception>
    public static ColumnMap Of(IReadOnlyDictionary<string, string> said, IReadOnlyCollection<string> there)
    {
        var columns = new Dictionary<string, string>();
        foreach (var (field, names) in Usual)
        {
            if (said.TryGetValue(field, out var name))
            {
                columns[field] = Demanded(field, name, there);
            }
            else if (names.Select(usual => there.FirstOrDefault(column => column.Equals(usual, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(column => column is not null) is { } found)
            {
                columns[field] = found;
            }
        }
        foreach (var field in new[] { "legacy_id", "email" }.Where(field => !columns.ContainsKey(field)))
        {
            throw new ForeignDataException($"No column is {field}: say --map {field}=COLUMN. There are {Listed(there)}.");
        }
        return new ColumnMap(columns);
    }

    private static string Demanded(string field, string name, IReadOnlyCollection<string> there) =>
        Names(name).FirstOrDefault(column => !there.Contains(column)) is { } missing
            ? throw new ForeignDataException($"There is no column {missing}, which --map says is {field}. There are {Listed(there)}.")
            : name;

    private static string Listed(IReadOnlyCollection<string> there) => string.Join(", ", there.Take(50).Select(ImportText.Shown));

    private static string[] Names(string column) => column.TrimStart('!').Split('+');

    public ForeignUser Read(ForeignRow row)
    {
        var problem = Problem(row);
        return new ForeignUser
        {
            LegacyId = Text(row, "legacy_id") ?? "",
            Place = row.Place,
            Problem = problem,
            Username = Text(row, "username"),
            Email = Text(row, "email"),
            EmailVerified = Truth(row, "email_verified") ?? false,
            PasswordHash = Text(row, "password_hash"),
            IsActive = Truth(row, "is_active") ?? true,
            DateJoined = ForeignRow.Moment(Text(row, "date_joined")),
            LastLogin = ForeignRow.Moment(Text(row, "last_login")),
            FirstName = Text(row, "first_name") ?? "",
            LastName = Text(row, "last_name") ?? "",
            Roles = [.. Roles(row)],
            Notes = [.. ForeignRow.Unreadable(Text(row, "date_joined"), Text(row, "last_login"))],
        };
    }

    /// <summary>Who may sign in, and whose address is proved, is not guessed.</summary>
    private string? Problem(ForeignRow row) => new[] { "email_verified", "is_active" }
        .Where(field => Text(row, field) is not null && Truth(row, field) is null)
        .Select(field => $"\"{ImportText.Shown(Text(row, field)!)}\" in {columns[field].TrimStart('!')} is neither true nor false.").FirstOrDefault();

    private string? Text(ForeignRow row, string field) => columns.TryGetValue(field, out var column) ? row.Text(column.TrimStart('!')) : null;

    /// <summary>A time says that it is so: <c>confirmed_on</c>.</summary>
    private bool? Truth(ForeignRow row, string field)
    {
        if (!columns.TryGetValue(field, out var column))
        {
            return null;
        }
        var text = row.Text(column.TrimStart('!'));
        var truth = ForeignRow.Truth(text) ?? (ForeignRow.Past(text) is not null ? true : null);
        return column.StartsWith('!') ? text is null ? true : !truth : truth;
    }

    /// <summary>Names in a column, or, of one that is true, its own.</summary>
    private IEnumerable<string> Roles(ForeignRow row) => columns.TryGetValue("roles", out var column)
        ? Names(column).SelectMany(name => ForeignRow.Truth(row.Text(name)) switch
        {
            true => [name],
            false => [],
            null => (row.Text(name) ?? "").Trim('{', '}', '[', ']').Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(role => role.Trim('"')),
        })
        : [];
}
