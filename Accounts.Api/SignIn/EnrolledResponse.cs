using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;

namespace Accounts.Api.SignIn;

/// <summary>The answer to a second factor that was added: with a ticket that of a sign-in, too.</summary>
/// <param name="RecoveryCodes">Ten with the first factor, each good once, shown once; none where those of before stay.</param>
public sealed record EnrolledResponse(string[] RecoveryCodes) : IAnswer<EnrolledResponse>
{
    /// <summary>With a ticket: the access token; absent in session mode.</summary>
    public string? Access { get; init; }

    /// <summary>With a ticket: seconds.</summary>
    public int? AccessExpiresIn { get; init; }

    /// <summary>With a ticket, in body mode only: the refresh token.</summary>
    public string? Refresh { get; init; }

    /// <summary>With a ticket, in session mode with bodies: the session token.</summary>
    public string? SessionToken { get; init; }

    /// <summary>With a ticket.</summary>
    public UserResponse? User { get; init; }

    /// <summary>Whether a deleted account is back; else not there.</summary>
    public bool? Restored { get; init; }

    public static EnrolledResponse Example { get; } = new(["KRSX-G5BA-ORUG-K4TF", "JBSW-Y3DP-EB3W-64TM"])
    {
        Access = Examples.AccessToken,
        AccessExpiresIn = 600,
        User = UserResponse.Example,
    };

    public override string ToString() => nameof(EnrolledResponse);
}
