using Accounts.Api.Http;

namespace Accounts.Api.Users;

/// <summary>The body of verify-email and of what belongs to it: the link's token, or address and code.</summary>
public sealed record VerifyEmailRequest
{
    public Field Token { get; init; }

    public Field Email { get; init; }

    public Field Code { get; init; }

    public Field Password { get; init; }
}

/// <summary>A body that names an address.</summary>
public sealed record EmailRequest
{
    public Field Email { get; init; }
}

/// <summary>What the confirm page shows.</summary>
public sealed record VerificationCheckResponse(string Username, string Email, bool Verified, bool SameBrowser);
