using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;

namespace Accounts.Core.Social.Completion;

/// <summary>What the page shows that the mailed link opens.</summary>
/// <param name="Code">to be typed where the sign-in waits</param>
/// <param name="Provider">how people call it</param>
/// <param name="Email">the address that the mail went to</param>
public sealed record ShownCode(string Code, string Provider, string Email)
{
    public override string ToString() => nameof(ShownCode);
}

/// <summary>Shows the code of a mailed link, and does nothing else: a link that signed in would sign somebody else's sign-in in.</summary>
public sealed class CompletionCode(EmailTickets tickets, ShortCodes codes, ProviderTitles titles)
{
    /// <exception cref="RefusedException">the link is good no more</exception>
    public async Task<ShownCode> ShowAsync(string token, CancellationToken cancellation)
    {
        var ticket = await tickets.FindAsync(token, cancellation);
        return ticket is not null && codes.Find(token, ticket.Place, ticket.CodeHash) is { } code
            ? new ShownCode(code, titles.TitleOf(ticket.Identity.Provider), ticket.Email!)
            : throw MailedTokenStore.Invalid();
    }
}
