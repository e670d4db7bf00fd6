namespace Accounts.Core.Mail;

/// <summary>One kind of mail.</summary>
/// <param name="Word">its name in the outbox</param>
/// <param name="Names">what its templates may ask for</param>
internal sealed record MailKind(string Word, HashSet<string> Names)
{
    /// <summary>In every mail, whatever it is about.</summary>
    public const string Username = "username", Site = "site";

    /// <summary>Every mail that a room of this house sends.</summary>
    public static readonly MailKind[] All =
    [
        .. typeof(OutgoingMail).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OutgoingMail)) && !type.IsAbstract)
            .Select(type => new MailKind(OutgoingMail.WordOf(type), [.. OutgoingMail.NamesIn(type), Username, .. MailBrand.Names]))
            .OrderBy(kind => kind.Word, StringComparer.Ordinal),
    ];

    public string File => Word.Replace('_', '-');
}
