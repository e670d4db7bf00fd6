namespace Accounts.Core.Mail;

/// <summary>One kind of mail.</summary>
/// <param name="Word">its name in the outbox</param>
/// <param name="Names">what its templates may ask for</param>
internal sealed record MailKind(string Word, HashSet<string> Names)
{
    /// <summary>In every mail, whatever it is about.</summary>
    public const string Username = "username", Site = "site";

    /// <summary>With every mail, but in none: the tag of the language that its values are said in.</summary>
    public const string Locale = "locale";

    /// <summary>Every mail that a room of this house sends.</summary>
    public static readonly MailKind[] All =
    [
        .. typeof(OutgoingMail).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OutgoingMail)) && !type.IsAbstract)
            .Select(type => new MailKind(OutgoingMail.WordOf(type), [.. OutgoingMail.NamesIn(type), Username, .. MailBrand.Names]))
            .OrderBy(kind => kind.Word, StringComparer.Ordinal),
    ];

    /// <summary>What it is called in the language files, and what an operator's files are called.</summary>
    public string File => FileOf(Word);

    /// <summary>What its text may ask for: no colours.</summary>
    public IEnumerable<string> TextNames => Names.Except(MailBrand.Names).Append(Site).Order(StringComparer.Ordinal);

    public static string FileOf(string word) => word.Replace('_', '-');
}
