using System.Reflection;
using Accounts.Core.Data;

namespace Accounts.Core.Mail;

/// <summary>
/// A mail. Its name without the ending names it in the outbox and is its templates' name; its members are what these may
/// ask for. Each stands in the room that sends it.
/// </summary>
public abstract record OutgoingMail
{
    private const string Ending = "Mail";

    internal static string WordOf(Type mail) => SnakeCaseNames.Snake(mail.Name[..^Ending.Length]);

    internal static IEnumerable<string> NamesIn(Type mail) => Members(mail).Select(member => SnakeCaseNames.Snake(member.Name));

    /// <summary>Its members by their names in a template; what is null is not there.</summary>
    internal Dictionary<string, string> Values() => Members(GetType())
        .Select(member => (member.Name, Text: (string?)member.GetValue(this))).Where(member => member.Text is not null)
        .ToDictionary(member => SnakeCaseNames.Snake(member.Name), member => member.Text!);

    private static IEnumerable<PropertyInfo> Members(Type mail) =>
        mail.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.PropertyType == typeof(string));

    /// <summary>Without its members: links and codes are secrets.</summary>
    public sealed override string ToString() => GetType().Name;
}
