using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Profile;
using Accounts.Core.Users;

namespace Accounts.Api.Admin;

/// <summary>The body of users/{id}/roles.</summary>
public sealed record RolesRequest : IRequest<RoleNames>
{
    [Described("All that the user is to hold: `[a-z][a-z0-9_-]{0,31}`, at most 20. `admin` alone means something here.", Required = true, Example = new[] { "editor" })]
    public Field Roles { get; init; }

    public RoleNames Read(FieldReader fields) => fields.Roles("roles", Roles)!;
}

/// <summary>The body of users/{id}/deactivate.</summary>
public sealed record DeactivationRequest : IRequest<DeactivationForm>
{
    [Described("Why, for other administrators.", MaxLength = User.LongestReason, Example = "Reported by three others")]
    public Field Reason { get; init; }

    [Described("When they are active again by themselves; for good without it.", Format = "date-time", Example = "2036-01-15T09:30:00Z")]
    public Field Until { get; init; }

    public DeactivationForm Read(FieldReader fields)
    {
        var reason = Reason.Kind == FieldKind.Null ? "" : fields.OptionalText("reason", Reason, User.LongestReason);
        var until = Until.IsMissing || Until.IsBlank || Until.Kind == FieldKind.Null ? null : fields.Moment("until", Until);
        if (until <= fields.Context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            fields.Errors.Add("until", "This is over already.");
        }
        return new DeactivationForm(reason.Length > 0 ? reason : null, until);
    }
}

/// <summary>Why, and until when; null for neither.</summary>
public sealed record DeactivationForm(string? Reason, DateTimeOffset? Until);

/// <summary>The body of PATCH users/{id}: what is not sent stays, and what is not among it cannot be changed here.</summary>
[TakesExtraFields(Partial = true)]
public sealed record UserPatchRequest : IRequest<ProfileForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", MaxLength = Core.Users.Username.Longest, Example = "ann")]
    public Field Username { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Ann")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    [Described("The language of mails, a tag of BCP 47; blank or null for the default.", MaxLength = LanguageTag.Longest, Example = "en-GB")]
    public Field Locale { get; init; }

    public ProfileForm Read(FieldReader fields) => new()
    {
        Username = Username.IsMissing ? null : fields.Username("username", Username),
        FirstName = FirstName.IsMissing ? null : fields.OptionalText("first_name", FirstName, User.LongestName),
        LastName = LastName.IsMissing ? null : fields.OptionalText("last_name", LastName, User.LongestName),
        Locale = Locale.IsMissing ? null : fields.LanguageTag("locale", Locale),
        Extra = fields.Extra(partial: true),
    };
}
