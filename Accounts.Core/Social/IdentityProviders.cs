namespace Accounts.Core.Social;

/// <summary>How mails and buttons call the identity providers.</summary>
public static class IdentityProviders
{
    public const string Google = "google", GitHub = "github", Fake = "fake";

    public static string TitleOf(string provider) => provider switch
    {
        Google => "Google",
        GitHub => "GitHub",
        Fake => "Fake provider",
        _ => provider,
    };
}
