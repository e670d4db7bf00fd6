namespace Accounts.Core.Tokens;

/// <summary>Whom an access token speaks of: what the issuer puts in beyond issuer, audience and times.</summary>
public sealed record AccessTokenSubject(
    Guid UserId, Guid SessionId, DateTimeOffset AuthTime, string[] Amr, string[] Roles, bool EmailVerified)
{
    /// <summary>What users may have written themselves, a JSON object; null for nothing. It stands under the claim <c>profile</c> and under no other.</summary>
    public string? Profile { get; init; }
}

/// <summary>What a checked access token says that this server acts on.</summary>
public readonly record struct AccessTokenClaims(Guid UserId, Guid SessionId, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt);
