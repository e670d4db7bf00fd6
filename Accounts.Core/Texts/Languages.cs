using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Accounts.Core.Texts;

/// <summary>The languages that pages, mails and answers are in: ours, and an operator's.</summary>
public sealed class Languages
{
    /// <summary>Of all that a browser prefers, in characters; people's browsers send a few dozen. A tag of thousands of parts would be looked up part by part.</summary>
    private const int LongestAccepted = 500;

    /// <summary>Browsers send a few hundred different ones; a refresh must not read them anew.</summary>
    private const int MostKnown = 1000;

    private readonly Dictionary<string, Language> byTag;
    private readonly ConcurrentDictionary<string, Language?> known = new(StringComparer.Ordinal);

    public Languages(IOptions<TextsOptions> options) : this(options.Value)
    {
    }

    internal Languages(TextsOptions options)
    {
        var tags = LanguageFile.Tags.Concat(options.Folder.Length == 0 ? [] : Directory.GetFiles(options.Folder, $"*{LanguageFile.Ending}").Select(path => Path.GetFileNameWithoutExtension(path)));
        byTag = tags.Distinct().Order(StringComparer.Ordinal).ToDictionary(tag => tag, tag => new Language(tag, () => Load(tag, options.Folder)), StringComparer.OrdinalIgnoreCase);
        Default = byTag.GetValueOrDefault(options.Language) ?? byTag[LanguageFile.English];
    }

    public IReadOnlyCollection<Language> All => byTag.Values;

    /// <summary>For those whose own we do not know or do not have.</summary>
    public Language Default { get; }

    /// <summary>The language of a tag, or one that is near: of <c>de-AT</c> German, of <c>pt</c> that of Brazil (RFC 4647 section 3.4, and the other way round).</summary>
    public Language Of(string? tag) => (tag is null ? null : Near(tag)) ?? Default;

    /// <summary>The first that we have of those a browser prefers.</summary>
    /// <param name="accepted"><c>Accept-Language</c> (RFC 9110 section 12.5.4); what is not well-formed, or longer than anybody's, counts for nothing</param>
    public Language Preferred(IList<string> accepted) =>
        Wishes(accepted).Select(tag => tag == "*" ? Default : Near(tag)).FirstOrDefault(language => language is not null) ?? Default;

    /// <summary>As <see cref="Preferred"/>, and null where we have none of them: then it is not known what its user reads.</summary>
    public Language? Known(IList<string> accepted)
    {
        if (accepted.Count != 1 || accepted[0] is not { Length: <= LongestAccepted } header)
        {
            return FirstOf(accepted);
        }
        if (known.TryGetValue(header, out var language))
        {
            return language;
        }
        language = FirstOf(accepted);
        if (known.Count < MostKnown)
        {
            known.TryAdd(header, language);
        }
        return language;
    }

    private Language? FirstOf(IList<string> accepted) => Wishes(accepted).Select(Near).FirstOrDefault(language => language is not null);

    private static IEnumerable<string> Wishes(IList<string> accepted) =>
        accepted.Count > 0 && accepted.Sum(line => line?.Length ?? 0) <= LongestAccepted && StringWithQualityHeaderValue.TryParseList(accepted, out var wishes)
            ? wishes.Where(wish => wish.Quality != 0).OrderByDescending(wish => wish.Quality ?? 1).Select(wish => wish.Value.ToString()) : [];

    private Language? Near(string tag)
    {
        for (var end = tag.Length; end > 0; end = tag.LastIndexOf('-', end - 1))
        {
            if (byTag.TryGetValue(tag[..end], out var language))
            {
                return language;
            }
        }
        var primary = tag.Split('-')[0];
        return byTag.Values.FirstOrDefault(language => language.Tag.StartsWith(primary + '-', StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>English below, ours above it, the operator's on top.</summary>
    private static Dictionary<string, string> Load(string tag, string folder)
    {
        var texts = new Dictionary<string, string>(LanguageFile.Ours(LanguageFile.English));
        var own = Path.Combine(folder, tag + LanguageFile.Ending);
        foreach (var (key, text) in LanguageFile.Ours(tag).Concat(folder.Length > 0 && File.Exists(own) ? LanguageFile.Read(own) : []))
        {
            texts[key] = text;
        }
        return texts;
    }
}
