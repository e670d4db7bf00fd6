using Accounts.Core.Social.Completion;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>
/// An identity that was proved at its provider and has no address to go by, for whoever names one and types the code that
/// its mailbox shows: 10 minutes, anew with each mail, 5 tries, one use. Whose address it is, nobody is told before.
/// </summary>
public sealed class EmailTicket
{
    public const int MostAttempts = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private EmailTicket()
    {
    }

    public byte[] Hash { get; private set; } = [];

    /// <summary>What the provider said, as <see cref="StoredProfile"/> writes it.</summary>
    public string Profile { get; private set; } = "{}";

    /// <summary>The address that was named last, and that has got the mail.</summary>
    public string? Email { get; private set; }

    /// <summary>Of the token in that mail's link.</summary>
    public byte[]? LinkHash { get; private set; }

    /// <summary>Of the code that the link shows.</summary>
    public byte[]? CodeHash { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>What the code is bound to.</summary>
    public string Place => PlaceOf(Email);

    private string PlaceOf(string? email) => $"email_tickets/{Convert.ToHexString(Hash)}/{email}";

    /// <summary>The code of an earlier mail counts no more; wrong tries stay counted.</summary>
    /// <param name="address">where the mail goes</param>
    /// <param name="linkHash">of the token in its link</param>
    /// <param name="codeHash">makes the code's hash of its place</param>
    /// <param name="now">the database's time</param>
    public void Ask(EmailAddress address, byte[] linkHash, Func<string, byte[]> codeHash, DateTimeOffset now) =>
        (Email, LinkHash, CodeHash, ExpiresAt) = (address.Text, linkHash, codeHash(PlaceOf(address.Text)), now + Lifetime);

    /// <summary>The address that the code has proved.</summary>
    public EmailAddress Address => EmailAddress.Parse(Email!);

    /// <summary>What the provider said. The address that was typed here is none of it.</summary>
    public ExternalProfile Identity => StoredProfile.Read(Profile);
}
