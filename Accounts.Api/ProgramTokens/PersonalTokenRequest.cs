using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;

namespace Accounts.Api.ProgramTokens;

/// <summary>The body of making a personal token.</summary>
public sealed record PersonalTokenRequest : IRequest<PersonalTokenForm>
{
    private static readonly Sentence NotLifetime = $"Enter a whole number of seconds, from 1 to {PersonalToken.LongestLifetime.TotalSeconds}.";

    [Described("What the token is called in the list.", Required = true, MaxLength = PersonalToken.LongestName, Example = "nightly backup")]
    public Field Name { get; init; }

    [Described("Roles of the user that the token is to have; none where it is absent. It loses those that the user loses.", Type = typeof(string[]))]
    public Field Roles { get; init; }

    [Described("How long it is good, in seconds: at most 366 days, and 30 days where it is absent.", Example = 2592000)]
    public Field ExpiresIn { get; init; }

    public PersonalTokenForm Read(FieldReader fields) => new(
        fields.ShortText("name", Name, PersonalToken.LongestName)!,
        fields.Roles("roles", Roles.IsMissing ? Field.Of("") : Roles)!,
        ExpiresIn.IsMissing ? PersonalToken.UsualLifetime : Lifetime(fields));

    private TimeSpan Lifetime(FieldReader fields)
    {
        if (fields.Number("expires_in", ExpiresIn, NotLifetime) is not { } seconds)
        {
            return TimeSpan.Zero;
        }
        if (seconds < 1 || seconds > (decimal)PersonalToken.LongestLifetime.TotalSeconds || seconds % 1 != 0)
        {
            fields.Errors.Add("expires_in", NotLifetime);
            return TimeSpan.Zero;
        }
        return TimeSpan.FromSeconds((long)seconds);
    }
}
