namespace Accounts.Core.Users;

/// <summary>By what an address was verified: some of it says more about who the person is than the rest.</summary>
public enum VerifiedBy
{
    /// <summary>The mailed link, in the browser that registered or was signed in.</summary>
    LinkInSameBrowser,

    /// <summary>The mailed link, in a browser that showed nothing of the user: whoever reads the mail.</summary>
    LinkElsewhere,

    /// <summary>The mailed code.</summary>
    Code,

    /// <summary>The link that set a new password.</summary>
    Reset,

    /// <summary>An identity provider's word.</summary>
    Provider,
}
