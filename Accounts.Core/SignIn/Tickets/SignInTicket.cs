using System.Net;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn.Tickets;

/// <summary>What a ticket is for, and for nothing else.</summary>
public enum TicketPurpose
{
    /// <summary>The user has a second factor, and proves it.</summary>
    SecondFactor,

    /// <summary>The user must have one, and adds it.</summary>
    Enrolment,
}

/// <summary>
/// A sign-in that waits for its second factor: all that was decided by the first, and nothing of what comes with the second. Five minutes and
/// 5 tries, or a quarter of an hour to add a factor; one use, and of none once the user's stamp has changed or their sessions have ended.
/// </summary>
public sealed class SignInTicket
{
    public const int MostAttempts = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A mail comes, and perhaps an app is installed.</summary>
    public static readonly TimeSpan EnrolmentLifetime = TimeSpan.FromMinutes(15);

    private SignInTicket()
    {
    }

    public byte[] Hash { get; private set; } = [];

    public TicketPurpose Purpose { get; private set; }

    public Guid UserId { get; private set; }

    public string SecurityStamp { get; private set; } = "";

    public long Epoch { get; private set; }

    /// <summary>By what the user was proved, for <c>amr</c>.</summary>
    public string[] Methods { get; private set; } = [];

    public SessionTransport Transport { get; private set; }

    public bool Persistent { get; private set; }

    /// <summary>Whether a deleted account is wanted back.</summary>
    public bool Restore { get; private set; }

    public string Ip { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    /// <summary>The session that came along, which the sign-in ends, and whose it is; null for none.</summary>
    public Guid? ReplacedSession { get; private set; }

    /// <inheritdoc cref="ReplacedSession"/>
    public Guid? ReplacedUser { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>When who has the ticket has shown to read the user's mail, too; no factor is added before.</summary>
    public DateTimeOffset? MailProvedAt { get; private set; }

    /// <summary>By the database's clock, as is the expiry.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public SessionKind Kind => new(Persistent, Transport);

    /// <summary>In which alone a code counts that was mailed for it.</summary>
    public Guid Attempt => new(Hash.AsSpan(0, 16));

    /// <summary>The token comes out here and nowhere else: the row keeps its hash.</summary>
    /// <param name="proof">of the first factor</param>
    /// <param name="request">that it came with</param>
    /// <param name="replaced">an open session whose token came along; null for none</param>
    /// <param name="token">43 characters</param>
    public static SignInTicket For(Proof proof, SignInRequest request, SessionCredential? replaced, out string token)
    {
        token = OpaqueToken.New();
        return new SignInTicket
        {
            Hash = OpaqueToken.Hash(token),
            UserId = proof.User.Id,
            SecurityStamp = proof.User.SecurityStamp!,
            Epoch = proof.User.SessionsEpoch,
            Methods = proof.Methods,
            Transport = request.Kind.Transport,
            Persistent = request.Kind.Persistent,
            Restore = request.Restore,
            Ip = request.Device.Ip.ToString(),
            UserAgent = request.Device.UserAgent,
            ReplacedSession = replaced?.SessionId,
            ReplacedUser = replaced?.UserId,
        };
    }

    /// <summary>As <see cref="For"/>, for who has no second factor and must.</summary>
    public static SignInTicket ForEnrolment(Proof proof, SignInRequest request, SessionCredential? replaced, long epoch, DateTimeOffset now, out string token)
    {
        var ticket = For(proof, request, replaced, out token);
        (ticket.Purpose, ticket.Epoch, ticket.CreatedAt, ticket.ExpiresAt) = (TicketPurpose.Enrolment, epoch, now, now + EnrolmentLifetime);
        return ticket;
    }

    /// <summary>Whether it is this user's, who has not changed since and is not signed out everywhere.</summary>
    public bool IsOf(User user) => user.Id == UserId && user.SecurityStamp == SecurityStamp && user.SessionsEpoch == Epoch;

    /// <summary>What was asked for with the first factor.</summary>
    /// <param name="device">as it is known by now: its name and address are those of the first request</param>
    public SignInRequest Request(Device device) => new(device with { Ip = IPAddress.Parse(Ip), UserAgent = UserAgent }, Kind) { Restore = Restore };
}
