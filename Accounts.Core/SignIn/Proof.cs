using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>
/// That somebody is a user, made by a way of signing in and by nothing else. The user is as they were when it was made:
/// one who has changed since is not let in by it.
/// </summary>
/// <param name="User">who it is</param>
/// <param name="Methods">by what, for <c>amr</c> (RFC 8176)</param>
public sealed record Proof(User User, params string[] Methods)
{
    /// <summary>The password's hash as it is made today, to be kept with the sign-in; null where the stored one was made so.</summary>
    public string? Rehashed { get; init; }

    /// <summary>
    /// Since when it holds, for <c>auth_time</c>; null for a moment ago. <see cref="Unknown"/> where it rests on somebody else's session that may
    /// be as old as it likes.
    /// </summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>Nobody knows when, so it is longer ago than anybody asks for.</summary>
    public static DateTimeOffset Unknown => DateTimeOffset.UnixEpoch;

    /// <summary>Whether it is of two factors: nothing more is asked for.</summary>
    public bool IsByTwo => Methods.Contains(AuthenticationLevel.Multiple);

    public override string ToString() => $"Proof of user {User.Id} by {string.Join(", ", Methods)}";
}

/// <summary>What a client asks for with its proof.</summary>
/// <param name="Device">that it comes from</param>
/// <param name="Kind">of session</param>
/// <param name="Replaces">the tokens that came along, whose sessions this sign-in ends</param>
public sealed record SignInRequest(Device Device, SessionKind Kind, params SessionCredential[] Replaces)
{
    /// <summary>Whether who has deleted their account wants it back.</summary>
    public bool Restore { get; init; }
}
