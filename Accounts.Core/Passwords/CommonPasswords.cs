namespace Accounts.Core.Passwords;

/// <summary>
/// 30,000 common and breached passwords, read once from the program itself; where they come from says
/// common-passwords.LICENSE. No remote service is asked.
/// </summary>
public sealed class CommonPasswords
{
    private const string Resource = "Accounts.Core.Passwords.common-passwords.lst";

    private readonly HashSet<string> entries = Load().ToHashSet(StringComparer.OrdinalIgnoreCase);

    public int Count => entries.Count;

    /// <summary>A listed password, or a listed one repeated (<c>passwordpassword</c>), in any case; and one character repeated, whichever it is.</summary>
    public bool Contains(string password)
    {
        var unit = RepeatedUnit(password);
        return entries.Contains(password) || entries.Contains(unit) || unit.EnumerateRunes().Count() == 1;
    }

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
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
