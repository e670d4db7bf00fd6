namespace Accounts.Core.Social;

/// <summary>Somebody through whom people sign in.</summary>
/// <param name="Name">in paths and in the database</param>
/// <param name="Title">in mails and on buttons</param>
public sealed record IdentityProvider(string Name, string Title);

/// <summary>How mails and buttons call the identity providers: by the title that each is registered with.</summary>
public sealed class ProviderTitles(IEnumerable<IdentityProvider> known)
{
    /// <summary>One that is known no more, but has left identities behind, is called by its name.</summary>
    public string TitleOf(string name) => known.FirstOrDefault(provider => provider.Name == name)?.Title ?? name;
}
