using System.Text;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>An operator's folder of templates: <c>verify-email.txt</c>, <c>verify-email.html</c> and <c>layout.html</c> for all languages, and those in <c>de</c> for one.</summary>
internal static class OwnTemplates
{
    public static string ReadLayout(string tag, string folder)
    {
        if (MailSource.Own(MailTemplates.Layout, tag, folder) is { } own)
        {
            return own;
        }
        using var reader = new StreamReader(typeof(OwnTemplates).Assembly.GetManifestResourceStream($"Accounts.Core.Mail.{MailTemplates.Layout}")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>What is wrong with it, a sentence each.</summary>
    public static IEnumerable<string> Problems(string folder, Languages languages)
    {
        if (!Directory.Exists(folder))
        {
            return [$"the folder {folder} does not exist."];
        }
        var tags = languages.All.Select(language => language.Tag).ToArray();
        var strange = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Except(tags).Select(name => $"{name} is no language; there are {string.Join(", ", tags)}.");
        var folders = languages.All.Where(language => Directory.Exists(Path.Combine(folder, language.Tag))).Select(language => ($"{language.Tag}/", language));
        return strange.Concat(folders.Prepend(("", languages.Default)).SelectMany(part => Problems(folder, part.Item1, part.Item2)));
    }

    private static IEnumerable<string> Problems(string folder, string part, Language language)
    {
        var files = Directory.GetFiles(Path.Combine(folder, part)).Select(path => Path.GetFileName(path)).ToArray();
        string[] known = [.. MailKind.All.SelectMany(kind => new[] { $"{kind.File}.txt", $"{kind.File}.html" }), MailTemplates.Layout];
        foreach (var file in files.Except(known))
        {
            yield return $"{part}{file} is no template; there are {string.Join(", ", known)}.";
        }
        foreach (var problem in files.Contains(MailTemplates.Layout) ? LayoutProblems(ReadLayout(language.Tag, folder)) : [])
        {
            yield return part + problem;
        }
        foreach (var problem in MailKind.All.Where(kind => files.Contains($"{kind.File}.txt") || files.Contains($"{kind.File}.html")).SelectMany(kind => Problems(kind, language, folder)))
        {
            yield return part + problem;
        }
    }

    private static IEnumerable<string> LayoutProblems(string layout)
    {
        if (layout.Split(MailTemplates.Content).Length != 2)
        {
            yield return $"{MailTemplates.Layout} must contain {MailTemplates.Content} once.";
        }
        foreach (var name in MailSource.NamesIn(layout).Except(MailTemplates.LayoutNames))
        {
            yield return $"{MailTemplates.Layout} uses {{{{{name}}}}}; it has {string.Join(", ", MailTemplates.LayoutNames)}.";
        }
    }

    private static IEnumerable<string> Problems(MailKind kind, Language language, string folder)
    {
        var source = MailSource.Load(kind.File, language, folder);
        if (source.Subject.Length == 0)
        {
            yield return $"{kind.File}.txt must begin with a line \"Subject: …\".";
        }
        foreach (var name in source.Names.Except(kind.Names))
        {
            yield return $"{kind.File} uses {{{{{name}}}}}; it has {string.Join(", ", kind.Names.Order(StringComparer.Ordinal))}.";
        }
    }
}
