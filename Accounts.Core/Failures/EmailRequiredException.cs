namespace Accounts.Core.Failures;

/// <summary>An account is to be made and no address is vouched for; who names one and reads its mail goes on with the ticket.</summary>
/// <param name="ticket">stands for the identity that was proved at the provider</param>
public sealed class EmailRequiredException(string ticket) : AccountsException(ErrorCode.EmailRequired)
{
    public string Ticket { get; } = ticket;
}
