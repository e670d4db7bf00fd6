namespace Accounts.Core.Social;

/// <summary>Somebody through whom people sign in.</summary>
/// <param name="Name">in paths and in the database</param>
/// <param name="Title">in mails and on buttons</param>
public sealed record IdentityProvider(string Name, string Title)
{
    /// <summary>Whether a script can have people asked anew there who they are, and be told when they have been.</summary>
    public bool AsksAnew { get; init; }
}

/// <summary>How mails and buttons call the identity providers, by the title that each is registered with, and what can be had of them.</summary>
public sealed class ProviderTitles(IEnumerable<IdentityProvider> known)
{
    /// <summary>One that is known no more, but has left identities behind, is called by its name.</summary>
    public string TitleOf(string name) => Find(name)?.Title ?? name;

    public bool AsksAnew(string name) => Find(name)?.AsksAnew == true;

    private IdentityProvider? Find(string name) => known.FirstOrDefault(provider => provider.Name == name);
}
