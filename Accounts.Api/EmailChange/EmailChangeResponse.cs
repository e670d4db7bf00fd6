using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Api.Users;
using Accounts.Core.Failures;

namespace Accounts.Api.EmailChange;

/// <summary>The answer to a change; all but the detail is there where the request carried its refresh token.</summary>
/// <param name="Access">The access token of the new session: a JWT. Absent in session mode.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The refresh token, in body mode only.</param>
public sealed record EmailChangeResponse(string Detail, string? Access, int? AccessExpiresIn, string? Refresh, UserResponse? User) : IAnswer<EmailChangeResponse>
{
    /// <summary>The session token, of who has it in bodies.</summary>
    public string? SessionToken { get; init; }

    private static readonly Sentence Changed = "The address has been changed.";

    public static EmailChangeResponse Example => Of(LoginResponse.Example, example => example.ToString());

    public static EmailChangeResponse Of(LoginResponse? signedIn, Func<Sentence, string> say) =>
        new(say(Changed), signedIn?.Access, signedIn?.AccessExpiresIn, signedIn?.Refresh, signedIn?.User) { SessionToken = signedIn?.SessionToken };

    public override string ToString() => nameof(EmailChangeResponse);
}
