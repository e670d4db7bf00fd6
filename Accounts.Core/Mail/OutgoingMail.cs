using System.Reflection;
using Accounts.Core.Data;
using Accounts.Core.Texts;

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

    /// <summary>Its members by their names in a template, as they are said in a language; what is null is not there.</summary>
    internal Dictionary<string, string> Values(Language language) => Members(GetType())
        .Select(member => (member.Name, Value: member.GetValue(this))).Where(member => member.Value is not null)
        .ToDictionary(member => SnakeCaseNames.Snake(member.Name), member => Said(member.Value!, language));

    private static PropertyInfo[] Members(Type mail) => mail.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private string Said(object value, Language language) => value switch
    {
        string text => text,
        Named named => language.Named(named.English),
        TimeSpan time => language.Duration(time),
        DateTimeOffset moment => language.Moment(moment),
        DateOnly day => language.Day(day),
        DeviceName device => language.Device(device),
        string[] { Length: 0 } => language.Find($"mails.{MailKind.FileOf(WordOf(GetType()))}.none") ?? language["lists.none"],
        string[] list => language.List(list),
        _ => throw new InvalidOperationException($"{this} has a {value.GetType().Name}, which nobody knows how to say."),
    };

    /// <summary>Without its members: links and codes are secrets.</summary>
    public sealed override string ToString() => GetType().Name;
}
