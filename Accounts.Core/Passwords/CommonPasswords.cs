namespace Accounts.Core.Passwords;

/// <summary>
/// The list of common and breached passwords that comes with zxcvbn-core (MIT licence, some 30,000 entries), read once
/// from that package. No remote service is asked.
/// </summary>
public sealed class CommonPasswords
{
    private const string Resource = "passwords.lst";

    private readonly HashSet<string> entries = Load().ToHashSet(StringComparer.OrdinalIgnoreCase);

    public int Count => entries.Count;

    /// <summary>A listed password, or a listed one repeated (<c>passwordpassword</c>), in any case.</summary>
    public bool Contains(string password) => entries.Contains(password) || entries.Contains(RepeatedUnit(password));

    private static string RepeatedUnit(string password)
    {
        for (var length = 1; length <= password.Length / 2; length++)
        {
            if (password.Length % length == 0 && IsRepetition(password, length))
            {
                return password[..length];
            }
        }
        return password;
    }

    private static bool IsRepetition(string password, int length) =>
        password.AsSpan(length).Equals(password.AsSpan(0, password.Length - length), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Load()
    {
        var assembly = typeof(Zxcvbn.Zxcvbn).Assembly;
        var name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(Resource, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
