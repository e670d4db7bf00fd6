namespace Accounts.Api.Hosting;

/// <summary>Which setting somebody meant who wrote another name.</summary>
internal static class NearName
{
    /// <summary>So many letters may be wrong, missing or too many; two that changed places are two.</summary>
    private const int MostMistakes = 2;

    /// <summary>Null where none is near. Neither case nor underscores count, and the names of the sections may be left out.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var written = Letters(name);
        var near = known.Select(key => (Key: key, Mistakes: Distance(written, Letters(key)))).Where(one => one.Mistakes <= MostMistakes);
        return near.OrderBy(one => one.Mistakes).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Key).FirstOrDefault()
            ?? Single(known.Where(key => IsEndOf(name, key)));
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>Of Levenshtein, by one row.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }

    /// <summary>Of <c>SmtpUrl</c>, <c>Mail__SmtpUrl</c> and <c>Accounts__SmtpUrl</c> in the same way.</summary>
    private static bool IsEndOf(string name, string key)
    {
        const string section = "Accounts:";
        var end = name.StartsWith(section, StringComparison.OrdinalIgnoreCase) ? name[section.Length..] : name;
        return key.EndsWith($":{end}", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Single(IEnumerable<string> keys) => keys.Take(2).ToArray() is [var key] ? key : null;
}
