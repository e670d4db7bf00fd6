using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Linking;

/// <summary>Offers whoever has proved a new identity whose address somebody has to connect the two, by a proof that the account is theirs as well.</summary>
public sealed class LinkOffer(AccountsDb db, SignInMethods methods)
{
    /// <summary>Beside the ways to sign in: a code that is mailed to the account's address.</summary>
    public const string MailMethod = "mail";

    /// <summary>Adds the link token, which the caller commits before it throws.</summary>
    /// <param name="holder">who has the address</param>
    /// <param name="profile">of the new identity</param>
    /// <param name="usable">the providers that an account can be proved by here</param>
    /// <param name="mailboxProved">whether they have shown to read its mail</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">the user is not active</exception>
    public async Task<AccountExistsException> AddAsync(User holder, ExternalProfile profile, string[] usable, bool mailboxProved, CancellationToken cancellation)
    {
        if (!holder.IsLive())
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        db.LinkTokens.Add(LinkToken.For(holder, profile, mailboxProved, out var token));
        return new AccountExistsException(token, await MethodsAsync(holder, profile.Provider, usable, cancellation));
    }

    /// <summary>What proves the account to an identity of that provider.</summary>
    public async Task<string[]> MethodsAsync(User holder, string provider, string[] usable, CancellationToken cancellation)
    {
        var ways = methods.WaysIn(holder).FindAll(way => way.IsProvider ? way.Name != provider && usable.Contains(way.Name) : way.Name == User.PasswordWay);
        return [.. ways.Select(way => way.Name), .. await db.IsProvedByMailAsync(holder, cancellation) ? [MailMethod] : Array.Empty<string>()];
    }
}
