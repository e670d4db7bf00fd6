namespace Accounts.Api.Tokens;

/// <summary>What introspection tells: of a token that is not active, only that. The answer is made of the token's own claims; this describes it.</summary>
public sealed record IntrospectionResponse(bool Active)
{
    public string? Iss { get; init; }

    public string? Aud { get; init; }

    public string? ClientId { get; init; }

    public string? Sub { get; init; }

    public string? UserId { get; init; }

    public string? Sid { get; init; }

    public string? Jti { get; init; }

    public long? Iat { get; init; }

    public long? Exp { get; init; }

    public long? AuthTime { get; init; }

    public string[]? Amr { get; init; }

    public string[]? Roles { get; init; }

    public bool? EmailVerified { get; init; }

    public string? TokenType { get; init; }

    public string? Username { get; init; }
}
