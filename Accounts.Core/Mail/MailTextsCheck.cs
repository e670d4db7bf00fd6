using Accounts.Core.Settings;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>Whether what an operator's texts say in mails asks for nothing that these do not have.</summary>
internal sealed class MailTextsCheck : SettingsCheck<TextsOptions>
{
    protected override IEnumerable<string> Mistakes(TextsOptions options) => options.Folder.Length == 0 || TextsOptionsCheck.FolderMistakes(options.Folder).Any() ? []
        : new Languages(options).All.Where(language => File.Exists(Path.Combine(options.Folder, language.Tag + LanguageFile.Ending))).SelectMany(Mistakes);

    private static IEnumerable<string> Mistakes(Language language) => MailKind.All.SelectMany(kind => MailText.Read(language, kind.File).Names.Except([.. kind.Names, "accent", "tint"])
        .Select(name => $"Accounts__Texts__Folder: {language.Tag}{LanguageFile.Ending} asks for {{{name}}} in mails.{kind.File}; it has {string.Join(", ", kind.TextNames)}."));
}
