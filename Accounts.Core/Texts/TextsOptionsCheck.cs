using System.Text.Json;
using Accounts.Core.Settings;

namespace Accounts.Core.Texts;

internal sealed class TextsOptionsCheck : SettingsCheck<TextsOptions>
{
    protected override IEnumerable<string> Mistakes(TextsOptions options)
    {
        var folder = FolderMistakes(options.Folder).ToArray();
        return folder.Length > 0 ? folder : LanguageMistakes(options);
    }

    internal static IEnumerable<string> FolderMistakes(string folder)
    {
        if (folder.Length == 0)
        {
            return [];
        }
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder).SelectMany(FileMistakes)
            : [$"Accounts__Texts__Folder is \"{folder}\", which does not exist: make the folder, or leave the setting out."];
    }

    private static IEnumerable<string> FileMistakes(string path)
    {
        var name = Path.GetFileName(path);
        if (!name.EndsWith(LanguageFile.Ending, StringComparison.Ordinal))
        {
            return [$"Accounts__Texts__Folder: {name} is no file of texts; name it by its language, for example de{LanguageFile.Ending}."];
        }
        try
        {
            return LanguageFile.Read(path).Keys.Where(key => !LanguageFile.Knows(key)).Select(key => $"Accounts__Texts__Folder: {name} has the text \"{key}\", which nothing asks for.").ToArray();
        }
        catch (JsonException e)
        {
            return [$"Accounts__Texts__Folder: {name} cannot be read: {e.Message}"];
        }
    }

    private static IEnumerable<string> LanguageMistakes(TextsOptions options)
    {
        var languages = new Languages(options);
        return languages.All.Any(language => language.Tag == options.Language) ? []
            : [$"Accounts__Texts__Language is \"{options.Language}\": write one of {string.Join(", ", languages.All.Select(language => language.Tag))}."];
    }
}
