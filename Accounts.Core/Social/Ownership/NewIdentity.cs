using Accounts.Core.Failures;
using Accounts.Core.Social.Linking;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Ownership;

/// <summary>Whose a new identity becomes: a new user's, the one's whose address it has, or nobody's until somebody proves more.</summary>
public sealed class NewIdentity(AddressClaim claim, LinkOffer offer, AddressTakeover takeover, NewSocialUser people)
{
    /// <summary>Inside the caller's transaction, who saves what has been added.</summary>
    /// <param name="profile">of somebody who has just proved at the provider who they are</param>
    /// <param name="usable">the providers that an account can be proved by here</param>
    /// <param name="attempt">how many usernames have been taken before</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the user, or why there is none; neither when somebody came between</returns>
    public async Task<(User? User, AccountsException? Refusal)> PlaceAsync(
        ExternalProfile profile, string[] usable, int attempt, Device device, CancellationToken cancellation)
    {
        var (holder, refusal) = await claim.HolderAsync(profile, cancellation);
        if (refusal is not null)
        {
            return (null, refusal);
        }
        if (holder is null)
        {
            return (people.Add(profile, attempt, device), null);
        }
        var verdict = claim.Judge(holder, profile);
        return verdict == AddressVerdict.Asks
            ? (null, await offer.AddAsync(holder, profile, usable, mailboxProved: false, cancellation))
            : (await takeover.TakeAsync(holder, profile, verdict, attempt, device, cancellation), null);
    }

    /// <inheritdoc cref="NewSocialUser.AskToVerifyAsync"/>
    public Task AskToVerifyAsync(User user, CancellationToken cancellation) => people.AskToVerifyAsync(user, cancellation);
}
