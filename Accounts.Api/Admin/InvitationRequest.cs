using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Invitations;
using Accounts.Core.Users;

namespace Accounts.Api.Admin;

/// <summary>The body of POST invitations: no word of who invites, which strangers would be sent.</summary>
public sealed record InvitationRequest : IRequest<InvitationForm>
{
    private static readonly Sentence NotWhole = "A valid integer is required.";

    private static readonly Sentence TooShort = $"Ensure this value is greater than or equal to {Invitation.ShortestLifetime.TotalSeconds}.";
    private static readonly Sentence TooLong = $"Ensure this value is less than or equal to {Invitation.LongestLifetime.TotalSeconds}.";

    [Described("Where the link is mailed, and the address of the account.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "bob@example.test")]
    public Field Email { get; init; }

    [Described("All that the account is to hold, given when it is made, if who invites still is an administrator then: `[a-z][a-z0-9_-]{0,31}`, at most 20; none without it.", Example = new[] { "editor" })]
    public Field Roles { get; init; }

    [Described("In seconds: 3600 to 2592000; 7 days without it.", Example = 604800)]
    public Field ExpiresIn { get; init; }

    [Described("The language of the mail, as a tag; that of the server without it.", MaxLength = LanguageTag.Longest, Example = "de")]
    public Field Locale { get; init; }

    public InvitationForm Read(FieldReader fields) => new(
        fields.NewEmailAddress("email", Email)!, Roles.IsMissing ? RoleNames.None : fields.Roles("roles", Roles)!, ExpiresIn.IsMissing ? Invitation.UsualLifetime : Lifetime(fields))
    {
        Locale = Locale.IsMissing ? null : fields.LanguageTag("locale", Locale),
    };

    private TimeSpan Lifetime(FieldReader fields)
    {
        var seconds = fields.Number("expires_in", ExpiresIn, NotWhole) ?? (decimal)Invitation.UsualLifetime.TotalSeconds;
        if (Mistake(seconds) is { } mistake)
        {
            fields.Errors.Add("expires_in", mistake);
            return default;
        }
        return TimeSpan.FromSeconds((long)seconds);
    }

    private static Sentence? Mistake(decimal seconds) =>
        decimal.Truncate(seconds) != seconds ? NotWhole
        : seconds < (decimal)Invitation.ShortestLifetime.TotalSeconds ? TooShort
        : seconds > (decimal)Invitation.LongestLifetime.TotalSeconds ? TooLong
        : null;
}
