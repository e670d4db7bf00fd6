namespace Accounts.Core.Texts;

/// <summary>What pages, mails and answers say, and in which language: section <c>Accounts:Texts</c>.</summary>
public sealed class TextsOptions
{
    /// <summary>The language of those whose own we do not know or do not have, as a tag of one of <see cref="Languages.All"/>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>
    /// A folder with texts of your own: <c>de.json</c> in it takes the place of ours text by text, and a file of another
    /// language (<c>nl.json</c>) adds that one, with English for what it lacks. Only ours where empty.
    /// </summary>
    public string Folder { get; set; } = "";
}
