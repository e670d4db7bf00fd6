using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.ProgramTokens;

/// <summary>
/// What a program shows in its user's place, to other services above all. It holds roles of its user, and as long as they hold them. Good in the epoch
/// in which it was made, as sessions are: whatever ends all of them ends it, whatever becomes of its row.
/// </summary>
public sealed class PersonalToken
{
    public const int MostOfOneUser = 50, LongestName = 100;

    public static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(30), LongestLifetime = TimeSpan.FromDays(366);

    private PersonalToken()
    {
    }

    public Guid UserId { get; private set; }

    public Guid Id { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public long Epoch { get; private set; }

    /// <summary>For its user, who has given it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Those that it was given; it has those of them that its user holds at the time.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>By the database's clock, as are the other times.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The hour of its last use; null before the first.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>The token comes out here and nowhere else: the row keeps its hash.</summary>
    /// <param name="user">whose it is, as they are stored now</param>
    /// <param name="form">what it is to be</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">as <see cref="PersonalTokenText"/> writes it</param>
    public static PersonalToken For(User user, PersonalTokenForm form, DateTimeOffset now, out string token)
    {
        token = PersonalTokenText.New();
        return new PersonalToken
        {
            UserId = user.Id,
            Id = Guid.CreateVersion7(now),
            TokenHash = OpaqueToken.Hash(token),
            Epoch = user.SessionsEpoch,
            Name = form.Name,
            Roles = form.Roles.Names,
            CreatedAt = now,
            ExpiresAt = now + form.Lifetime,
        };
    }

    /// <summary>Of the roles that a token was given those that its user holds.</summary>
    public static string[] Cut(string[] given, string[] held) => [.. given.Intersect(held)];
}

/// <summary>What a personal token is to be.</summary>
public sealed record PersonalTokenForm(string Name, RoleNames Roles, TimeSpan Lifetime);
