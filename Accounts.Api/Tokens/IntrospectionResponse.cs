using System.Text.Json;
using Accounts.Api.Http;
using Accounts.Api.Users;

namespace Accounts.Api.Tokens;

/// <summary>What introspection tells: of a token that is not active, only that. The answer is made of the token's own claims; this describes it.</summary>
public sealed record IntrospectionResponse(bool Active) : IAnswer<IntrospectionResponse>
{
    public static IntrospectionResponse Example { get; } = new(true)
    {
        Iss = MetadataResponse.Example.Issuer, Aud = MetadataResponse.Example.Issuer, ClientId = MetadataResponse.Example.Issuer,
        Sub = $"{UserResponse.Example.Id}", UserId = $"{UserResponse.Example.Id}",
        Sid = "019aa1c3-0d42-7a90-8c6d-1b7e4f9a3c55", Jti = "5f1c9d0e",
        Iat = 1768469400, Exp = 1768470000, AuthTime = 1768469400, Ver = 3, Acr = "aal1", Amr = ["pwd"], Roles = ["editor"], EmailVerified = true,
        TokenType = "Bearer", Username = UserResponse.Example.Username,
    };

    public string? Iss { get; init; }

    public string? Aud { get; init; }

    public string? ClientId { get; init; }

    public string? Sub { get; init; }

    public string? UserId { get; init; }

    /// <summary>The user's id in the system that they came from, where they came from one.</summary>
    public string? LegacyId { get; init; }

    public string? Sid { get; init; }

    public string? Jti { get; init; }

    public long? Iat { get; init; }

    public long? Exp { get; init; }

    public long? AuthTime { get; init; }

    /// <summary>How well they proved it: `aal1`, or `aal2` by two factors.</summary>
    public string? Acr { get; init; }

    public string[]? Amr { get; init; }

    /// <summary>The user's version: see `ended-sessions/`.</summary>
    public long? Ver { get; init; }

    public string[]? Roles { get; init; }

    public bool? EmailVerified { get; init; }

    /// <summary>Extra fields, where the setting tells any to tokens.</summary>
    public Dictionary<string, JsonElement>? Profile { get; init; }

    public string? TokenType { get; init; }

    public string? Username { get; init; }

    /// <summary>What its user calls a personal token.</summary>
    public string? TokenName { get; init; }
}
