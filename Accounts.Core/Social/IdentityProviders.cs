namespace Accounts.Core.Social;

/// <summary>How mails and buttons call the identity providers.</summary>
/// <param name="oidcTitle">the one that is known by its issuer alone</param>
public sealed class IdentityProviders(string oidcTitle)
{
    public const string Google = "google", GitHub = "github", Facebook = "facebook", LinkedIn = "linkedin", Oidc = "oidc", Fake = "fake";

    public string TitleOf(string provider) => provider switch
    {
        Google => "Google",
        GitHub => "GitHub",
        Facebook => "Facebook",
        LinkedIn => "LinkedIn",
        Oidc => oidcTitle,
        Fake => "Fake provider",
        _ => provider,
    };
}
