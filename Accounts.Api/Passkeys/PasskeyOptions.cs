namespace Accounts.Api.Passkeys;

/// <summary>Where passkeys are used: section <c>Accounts:Passkeys</c>.</summary>
public sealed class PasskeyOptions
{
    /// <summary>
    /// The origins whose pages may make and use passkeys, at most 5, separated by commas; those of PublicUrl and FrontendUrl where empty. A passkey
    /// belongs to the host of PublicUrl: change that, and nobody's works any more.
    /// </summary>
    public string Origins { get; set; } = "";
}
