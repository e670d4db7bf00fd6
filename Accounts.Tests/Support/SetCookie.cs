using System.Globalization;

namespace Accounts.Tests.Support;

/// <summary>A Set-Cookie header, taken apart. Attributes have small names; one without a value has an empty one.</summary>
public sealed record SetCookie(string Name, string Value, IReadOnlyDictionary<string, string> Attributes)
{
    private static readonly string[] Lifetime = ["max-age", "expires"];

    /// <summary>What must be equal for a browser to take two cookies for one, and to guard both alike: all but the lifetime.</summary>
    public string Guards => string.Join("; ", Attributes.Where(a => !Lifetime.Contains(a.Key)).OrderBy(a => a.Key, StringComparer.Ordinal)
        .Select(a => a.Value.Length > 0 ? $"{a.Key}={a.Value.ToLowerInvariant()}" : a.Key));

    public TimeSpan? MaxAge => Attributes.TryGetValue("max-age", out var seconds) ? TimeSpan.FromSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) : null;

    public static SetCookie Parse(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToList();
        return new SetCookie(parts[0][0], parts[0][1], parts.Skip(1).ToDictionary(part => part[0].ToLowerInvariant(), part => part.ElementAtOrDefault(1) ?? ""));
    }
}
