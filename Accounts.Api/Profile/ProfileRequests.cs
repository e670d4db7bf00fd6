using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Profile;
using Accounts.Core.Users;

namespace Accounts.Api.Profile;

/// <summary>What of a profile may always be left out.</summary>
public abstract record ProfileFields
{
    [Described("May be blank.", MaxLength = User.LongestName, Example = "Ann")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    [Described("The language of mails, a tag of BCP 47; blank or null for the default.", MaxLength = LanguageTag.Longest, Example = "en-GB")]
    public Field Locale { get; init; }

    /// <param name="fields">of the body</param>
    /// <param name="username">among them</param>
    /// <param name="partial">whether nothing must be there</param>
    private protected ProfileForm Read(FieldReader fields, Field username, bool partial)
    {
        var stays = (partial && username.IsMissing) || IsOwn(fields, username);
        var chosen = stays ? null : fields.Username("username", username);
        return ReadOthers(fields) with { Username = chosen, Extra = fields.Extra(partial) };
    }

    private ProfileForm ReadOthers(FieldReader fields) => new()
    {
        FirstName = FirstName.IsMissing ? null : fields.OptionalText("first_name", FirstName, User.LongestName),
        LastName = LastName.IsMissing ? null : fields.OptionalText("last_name", LastName, User.LongestName),
        Locale = Locale.IsMissing ? null : fields.LanguageTag("locale", Locale),
    };

    /// <summary>It stays, be it one that nobody may choose any more.</summary>
    private static bool IsOwn(FieldReader fields, Field username) => username.Text?.Trim() == fields.Context.LiveSession().User.Username;
}

/// <summary>The body of PATCH me.</summary>
[TakesExtraFields(Partial = true)]
public sealed record ProfilePatchRequest : ProfileFields, IRequest<ProfileForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", MaxLength = Core.Users.Username.Longest, Example = "ann")]
    public Field Username { get; init; }

    public ProfileForm Read(FieldReader fields) => Read(fields, Username, partial: true);
}

/// <summary>The body of PUT me.</summary>
[TakesExtraFields]
public sealed record ProfilePutRequest : ProfileFields, IRequest<ProfileForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", Required = true, MaxLength = Core.Users.Username.Longest, Example = "ann")]
    public Field Username { get; init; }

    public ProfileForm Read(FieldReader fields) => Read(fields, Username, partial: false);
}
