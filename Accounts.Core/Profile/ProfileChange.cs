using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Profile;

/// <summary>What a user changes of their own account; null for what stays.</summary>
public sealed record ProfileForm
{
    public Username? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>A language tag; empty for the default.</summary>
    public string? Locale { get; init; }

    /// <summary>What is sent of the extra fields; in it null takes a value away.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Extra { get; init; } = new Dictionary<string, JsonNode?>();

    public override string ToString() => nameof(ProfileForm);
}

/// <summary>Changing what a user is called. Whether a name is free is the unique index's to say, never a look beforehand.</summary>
public sealed class ProfileChange(AccountsDb db, SignInMethods methods, SecurityLog events)
{
    /// <returns>the user as they are then</returns>
    /// <exception cref="InvalidInputException">the name is taken</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<UserProfile> ChangeAsync(ProfileForm form, LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var before = Described(user);
        user.Describe(form.FirstName ?? user.FirstName, form.LastName ?? user.LastName, form.Locale ?? user.Locale ?? "");
        user.Fill(form.Extra);
        if (form.Username is { } username && username.Text != user.UserName)
        {
            user.Rename(username);
            events.Add(SecurityEventKind.UsernameChanged, user.Id, live.SessionId, device);
        }
        else if (Described(user) != before || form.Extra.Count > 0)
        {
            events.Add(SecurityEventKind.ProfileChanged, user.Id, live.SessionId, device);
        }
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out var index))
        {
            throw TakenFields.Error(TakenFields.OfUsername(index), email: false);
        }
        await transaction.CommitAsync(cancellation);
        return UserProfile.Of(user, methods.ProvidersOf(user));
    }

    private static (string, string, string?) Described(User user) => (user.FirstName, user.LastName, user.Locale);
}
