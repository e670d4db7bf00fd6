namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else: section <c>Accounts:Social</c>. Each provider has a section of its own below it.</summary>
public sealed class SocialOptions
{
    /// <summary>Pages of front ends to which a provider may send the browser back in the flow that a script drives, separated by commas; compared to the letter. The first serves where a request names none. The front end's start page where empty.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>Every sign-in takes a <c>state</c> of <c>begin</c>: the server keeps the PKCE verifier, and no client brings its own.</summary>
    public bool RequireState { get; set; }
}
