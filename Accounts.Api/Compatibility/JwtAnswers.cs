namespace Accounts.Api.Compatibility;

/// <summary>What SimpleJWT answers a sign-in with.</summary>
/// <param name="Refresh"><see cref="AliasSignIn.InCookie"/> where the browser has it</param>
public sealed record TokenPairResponse(string Refresh, string Access)
{
    public override string ToString() => nameof(TokenPairResponse);
}

/// <summary>What SimpleJWT answers a refresh with.</summary>
/// <param name="Refresh">the next one, in bodies only</param>
public sealed record NextTokenResponse(string Access, string? Refresh)
{
    public override string ToString() => nameof(NextTokenResponse);
}
