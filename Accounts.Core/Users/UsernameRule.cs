using System.Text.RegularExpressions;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Users;

/// <summary>What a username must be that somebody chooses here: the product's rule, and what the operator asks for besides.</summary>
public sealed class UsernameRule(IOptions<UsernameOptions> options)
{
    private static readonly Sentence MustMatch = "Enter a valid username. This value must match {0}.";

    private readonly Regex? pattern = options.Value.Expression();

    /// <summary>What is wrong with it, for who chose it.</summary>
    public Sentence[] Mistakes(string text) => Username.Mistakes(text).ToArray() is [_, ..] mistakes ? mistakes : [.. OwnMistakes(text)];

    private IEnumerable<Sentence> OwnMistakes(string text)
    {
        var length = text.EnumerateRunes().Count();
        if (length < options.Value.MinimumLength)
        {
            yield return $"Ensure this field has at least {options.Value.MinimumLength} characters.";
        }
        if (length > options.Value.MaximumLength)
        {
            yield return $"Ensure this field has no more than {options.Value.MaximumLength} characters.";
        }
        if (pattern?.IsMatch(text) == false)
        {
            yield return options.Value.PatternHint is { Length: > 0 } hint ? Sentence.Foreign(hint) : MustMatch.With(options.Value.Pattern);
        }
    }
}
