using System.Text.RegularExpressions;
using Accounts.Core.Settings;

namespace Accounts.Core.Users;

/// <summary>What a username must be beyond the rule of the product: section <c>Accounts:Usernames</c>. Who has another already keeps it.</summary>
public sealed class UsernameOptions
{
    /// <summary>In code points.</summary>
    public int MinimumLength { get; set; } = 1;

    /// <summary>In code points.</summary>
    public int MaximumLength { get; set; } = Username.Longest;

    /// <summary>A regular expression that the whole name must match, run without backtracking; empty for any.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>What people read where their name does not match; empty for a sentence that shows the pattern.</summary>
    public string PatternHint { get; set; } = "";

    /// <exception cref="ArgumentException">it is no regular expression</exception>
    /// <exception cref="NotSupportedException">it takes backtracking: a look around, or a reference to a group</exception>
    internal Regex? Expression() =>
        Pattern.Length == 0 ? null : new Regex($@"\A(?:{Pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}

internal sealed class UsernameOptionsCheck : SettingsCheck<UsernameOptions>
{
    protected override IEnumerable<string> Mistakes(UsernameOptions options)
    {
        if (options.MinimumLength is < 1 or > Username.Longest)
        {
            yield return $"Accounts__Usernames__MinimumLength is {options.MinimumLength}: choose 1 to {Username.Longest}.";
        }
        if (options.MaximumLength < options.MinimumLength || options.MaximumLength > Username.Longest)
        {
            yield return $"Accounts__Usernames__MaximumLength is {options.MaximumLength}: choose {options.MinimumLength} (MinimumLength) to {Username.Longest}.";
        }
        if (PatternMistake(options) is { } mistake)
        {
            yield return $"Accounts__Usernames__Pattern is not usable: {mistake} Write a regular expression without look-arounds and back-references, as [a-z][a-z0-9_]*; it is matched against the whole name.";
        }
    }

    private static string? PatternMistake(UsernameOptions options)
    {
        try
        {
            options.Expression();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message.EndsWith('.') ? e.Message : $"{e.Message}.";
        }
    }
}
