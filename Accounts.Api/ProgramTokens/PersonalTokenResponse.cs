using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.ProgramTokens;

namespace Accounts.Api.ProgramTokens;

/// <summary>A personal token as its user sees it.</summary>
/// <param name="Roles">Those that it was given and that the user holds now.</param>
/// <param name="LastUsedAt">To the hour; absent before its first use.</param>
public sealed record PersonalTokenResponse(Guid Id, string Name, string[] Roles, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt) : IAnswer<PersonalTokenResponse>
{
    public static PersonalTokenResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d14"), "nightly backup", ["editor"], new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc),
        new DateTime(2026, 2, 14, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 1, 20, 3, 0, 0, DateTimeKind.Utc));

    public static PersonalTokenResponse Of(ListedPersonalToken listed)
    {
        var token = listed.Token;
        return new(token.Id, token.Name, listed.Roles, token.CreatedAt.UtcDateTime, token.ExpiresAt.UtcDateTime, token.LastUsedAt?.ToTheHour());
    }
}

/// <summary>A personal token that was made.</summary>
/// <param name="Token">It itself, which is shown this once.</param>
public sealed record NewPersonalTokenResponse(Guid Id, string Token, string Name, string[] Roles, DateTime CreatedAt, DateTime ExpiresAt) : IAnswer<NewPersonalTokenResponse>
{
    /// <summary>The checksum at its end is no checksum, so that nobody's search for secrets finds it.</summary>
    public static NewPersonalTokenResponse Example { get; } = new(
        PersonalTokenResponse.Example.Id, "acc_pat_AnExampleOfAPersonalTokenThatIsNobodys00zzzzzz", PersonalTokenResponse.Example.Name, PersonalTokenResponse.Example.Roles,
        PersonalTokenResponse.Example.CreatedAt, PersonalTokenResponse.Example.ExpiresAt);

    public static NewPersonalTokenResponse Of(NewPersonalToken made) =>
        new(made.Row.Id, made.Text, made.Row.Name, made.Row.Roles, made.Row.CreatedAt.UtcDateTime, made.Row.ExpiresAt.UtcDateTime);

    public override string ToString() => nameof(NewPersonalTokenResponse);
}
