using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.ProgramTokens;

/// <summary>A personal token, which is shown once.</summary>
public sealed record NewPersonalToken(PersonalToken Row, string Text)
{
    public override string ToString() => nameof(NewPersonalToken);
}

/// <summary>Makes personal tokens, of whose making their user is told with the link "this wasn't me".</summary>
public sealed class PersonalTokenCreation(AccountsDb db, ChangeNotice notice)
{
    private static readonly Sentence NotHeld = "A token can have only roles that you hold.";

    /// <exception cref="InvalidInputException">the user does not hold one of the roles</exception>
    /// <exception cref="ConflictException">they have as many as one may have</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<NewPersonalToken> MakeAsync(LiveSession live, PersonalTokenForm form, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        DemandRoles(user, form.Roles);
        if (await db.PersonalTokens.Of(user).CountAsync(cancellation) >= PersonalToken.MostOfOneUser)
        {
            throw new ConflictException(ErrorCode.TooManyTokens);
        }
        var made = db.PersonalTokens.Add(PersonalToken.For(user, form, await db.ReadClockAsync(cancellation), out var token)).Entity;
        await notice.AddAsync(new ToldChange(SecurityEventKind.PersonalTokenMade, user, live.SessionId, device), link => MailOf(made, link), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new NewPersonalToken(made, token);
    }

    private static void DemandRoles(User user, RoleNames roles)
    {
        var errors = new FieldErrors();
        if (roles.Names.Except(user.Roles).Any())
        {
            errors.Add("roles", NotHeld);
        }
        errors.ThrowIfAny();
    }

    private static PersonalTokenMadeMail MailOf(PersonalToken made, string link) => new(made.Roles, DateOnly.FromDateTime(made.ExpiresAt.UtcDateTime), link);
}
