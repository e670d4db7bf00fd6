using System.Text.Json.Nodes;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Invitations;

/// <summary>Whom an administrator invites.</summary>
/// <param name="Email">where the link is mailed</param>
/// <param name="Roles">that they are to hold</param>
/// <param name="Lifetime">of the link</param>
public sealed record InvitationForm(EmailAddress Email, RoleNames Roles, TimeSpan Lifetime)
{
    /// <summary>The language of the mail; null for the default.</summary>
    public string? Locale { get; init; }
}

/// <summary>
/// That somebody may make an account, whether or not people may sign up: whoever has the mailed token, for that address alone. An address has one, the
/// latest; one that was accepted or withdrawn is gone.
/// </summary>
public sealed class Invitation
{
    /// <summary>Of one whose time is not over, where <c>i</c> is the invitation.</summary>
    public const string AliveSql = "i.expires_at > clock_timestamp()";

    public static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(7), ShortestLifetime = TimeSpan.FromHours(1), LongestLifetime = TimeSpan.FromDays(30);

    private Invitation()
    {
    }

    public Guid Id { get; private set; }

    public string Email { get; private set; } = "";

    public string EmailKey { get; private set; } = "";

    /// <summary>Promised: they are given if who invites administers when it is accepted.</summary>
    public string[] Roles { get; private set; } = [];

    public byte[] TokenHash { get; private set; } = [];

    /// <summary>The administrator; null once they are erased.</summary>
    public Guid? InvitedBy { get; private set; }

    /// <summary>By the database's clock, as its end.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public EmailAddress Address => EmailAddress.Parse(Email);

    /// <param name="form">whom, and to what</param>
    /// <param name="by">the administrator</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">for the mail alone</param>
    public static Invitation Of(InvitationForm form, Guid by, DateTimeOffset now, out string token)
    {
        token = OpaqueToken.New();
        return new Invitation
        {
            Id = Guid.CreateVersion7(now),
            Email = form.Email.Text,
            EmailKey = form.Email.Key,
            Roles = form.Roles.Names,
            TokenHash = OpaqueToken.Hash(token),
            InvitedBy = by,
            CreatedAt = now,
            ExpiresAt = now + form.Lifetime,
        };
    }

    /// <summary>What its events tell, a JSON object: not the address, which they would outlive.</summary>
    public string Told(string[] roles) =>
        new JsonObject { ["invitation"] = Id, ["roles"] = new JsonArray([.. roles.Select(role => JsonValue.Create(role))]) }.ToJsonString();
}
