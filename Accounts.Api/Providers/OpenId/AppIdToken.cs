namespace Accounts.Api.Providers.OpenId;

/// <summary>What a native app brings in place of a code.</summary>
/// <param name="Text">the ID token</param>
/// <param name="Nonce">of <c>begin</c>, which it repeats</param>
public sealed record AppIdToken(string Text, string Nonce)
{
    public override string ToString() => nameof(AppIdToken);
}
