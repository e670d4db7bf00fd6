using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Admin;
using Accounts.Core.Profile;
using Accounts.Core.Users;

namespace Accounts.Api.Admin;

/// <summary>The body of POST users: no password, which is chosen by who reads the mail, and nothing that only they can prove.</summary>
[TakesExtraFields]
public sealed record NewUserRequest : IRequest<NewUserForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", Required = true, MaxLength = Core.Users.Username.Longest, Example = "bob")]
    public Field Username { get; init; }

    [Described("Where the link is mailed.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "bob@example.test")]
    public Field Email { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Bob")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    [Described("The language of mails, a tag of BCP 47; blank or null for the default.", MaxLength = LanguageTag.Longest, Example = "en-GB")]
    public Field Locale { get; init; }

    public NewUserForm Read(FieldReader fields)
    {
        var (username, email) = (fields.Username("username", Username), fields.NewEmailAddress("email", Email));
        return new NewUserForm(email!, new ProfileForm
        {
            Username = username,
            FirstName = fields.OptionalText("first_name", FirstName, User.LongestName),
            LastName = fields.OptionalText("last_name", LastName, User.LongestName),
            Locale = Locale.IsMissing ? null : fields.LanguageTag("locale", Locale),
            Extra = fields.Extra(partial: false),
        });
    }
}
