using Accounts.Core.Changes;
using Accounts.Core.Deletion;
using Accounts.Core.Passwords;
using Accounts.Core.Texts;
using Accounts.Core.Users;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>What must stand in the fields that people fill, and what comes of the account, for pages to say it before anything is sent; the API has the last word.</summary>
public sealed class FieldRules(
    IOptions<UsernameOptions> usernames, IOptions<PasswordOptions> passwords, ExtraFields extra, Languages languages, IOptions<DeletionOptions> deletion)
{
    /// <summary>Its own name for itself stands in each language's file.</summary>
    private const string OwnName = "language";

    public UsernameRuleJson Username { get; } = new(usernames.Value.MinimumLength, usernames.Value.MaximumLength, usernames.Value.PatternHint);

    public PasswordRuleJson Password { get; } = new(
        passwords.Value.MinimumLength, passwords.Value.RequireUppercase, passwords.Value.RequireLowercase, passwords.Value.RequireDigit, passwords.Value.RequireSpecial);

    public ExtraFieldJson[] Extra { get; } = [.. extra.All.Select(field => ExtraFieldJson.Of(field))];

    public LanguageJson[] Languages { get; } = [.. languages.All.Select(language => new LanguageJson(language.Tag, language[OwnName]))];

    /// <summary>For so long a deleted account is had back.</summary>
    public int RestoreDays { get; } = (int)Math.Max(deletion.Value.Delay.TotalDays, AccountChange.Window.TotalDays);
}
