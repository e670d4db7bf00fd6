using Accounts.Core.Passwords;
using Accounts.Core.Users;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>What must stand in the fields that people fill, for pages to say it before anything is sent; the API has the last word.</summary>
public sealed class FieldRules(IOptions<UsernameOptions> usernames, IOptions<PasswordOptions> passwords, ExtraFields extra)
{
    public UsernameRuleJson Username { get; } = new(usernames.Value.MinimumLength, usernames.Value.MaximumLength, usernames.Value.PatternHint);

    public PasswordRuleJson Password { get; } = new(
        passwords.Value.MinimumLength, passwords.Value.RequireUppercase, passwords.Value.RequireLowercase, passwords.Value.RequireDigit, passwords.Value.RequireSpecial);

    public ExtraFieldJson[] Extra { get; } = [.. extra.All.Select(field => ExtraFieldJson.Of(field))];
}
