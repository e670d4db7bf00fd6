namespace Accounts.Core.Social;

/// <summary>Finds the identity of a person who has just proved at a provider who they are.</summary>
public static class IdentityLookup
{
    public static IQueryable<SocialAccount> Of(this IQueryable<SocialAccount> accounts, ExternalProfile profile) =>
        accounts.Where(a => a.Provider == profile.Provider && a.Issuer == profile.Issuer && a.ProviderUid == profile.Uid);
}
