namespace Accounts.Core.Tokens;

/// <summary>Whom an access token speaks of: what the issuer puts in beyond issuer, audience and times.</summary>
public sealed record AccessTokenSubject(
    Guid UserId, Guid SessionId, DateTimeOffset AuthTime, string[] Amr, string[] Roles, bool EmailVerified)
{
    /// <summary>What users may have written themselves, a JSON object; null for nothing. It stands under the claim <c>profile</c> and under no other.</summary>
    public string? Profile { get; init; }

    /// <summary>The user's, as it was when <see cref="Roles"/> were read, or from before: who is told of a later one refuses the token.</summary>
    public long Version { get; init; }

    /// <summary>The user's id in the system that they came from; null for who signed up here.</summary>
    public string? LegacyId { get; init; }
}

/// <summary>What a checked access token says that this server acts on.</summary>
/// <param name="UserId"><c>sub</c></param>
/// <param name="SessionId"><c>sid</c></param>
/// <param name="ExpiresAt"><c>exp</c></param>
/// <param name="IssuedAt"><c>iat</c></param>
/// <param name="AuthTime"><c>auth_time</c>: when its user last proved who they are; of a token by <c>reauthenticate</c> later than its session's</param>
/// <param name="IsByTwo">whether that was by two factors (<c>acr</c> is <see cref="AuthenticationLevel.Two"/>)</param>
public readonly record struct AccessTokenClaims(
    Guid UserId, Guid SessionId, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt, DateTimeOffset AuthTime, bool IsByTwo);
