using Accounts.Core.Users;

namespace Accounts.Core.Registration.Pending;

/// <summary>
/// What somebody signed up with where existing accounts are hidden: no user yet, no name kept, nobody signed in, until who reads the
/// address's mail confirms. There is one for an address that is taken just as for a free one; any number may wait for the same address.
/// </summary>
public sealed class PendingSignUp
{
    private PendingSignUp()
    {
    }

    /// <summary>The user's id where the browser that signed up confirms, which knows it by then.</summary>
    public Guid Id { get; private set; }

    public string Username { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string EmailKey { get; private set; } = "";

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    /// <summary>What was typed into extra fields, a JSON object; null for nothing.</summary>
    public string? Extra { get; private set; }

    /// <summary>Counts, as all of this, only for the browser that signed up: whoever confirms elsewhere chooses another.</summary>
    public string PasswordHash { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>By the database's clock; anew with each mail.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public EmailAddress Address => EmailAddress.Parse(Email);

    public static PendingSignUp Of(User user) => new()
    {
        Id = user.Id,
        Username = user.UserName!,
        Email = user.Email!,
        EmailKey = user.NormalizedEmail!,
        FirstName = user.FirstName,
        LastName = user.LastName,
        Extra = user.Extra,
        PasswordHash = user.PasswordHash!,
    };

    /// <summary>A user with an id of their own and without a password.</summary>
    /// <param name="username">another one, where the own has been taken meanwhile</param>
    /// <param name="now">when they join</param>
    /// <param name="locale">the language of the browser that asks</param>
    public User ToUser(Username? username, DateTimeOffset now, string? locale)
    {
        var user = User.Register(username ?? new Username(Username), Address, FirstName, LastName, now, locale);
        user.Fill(Extra);
        return user;
    }
}
