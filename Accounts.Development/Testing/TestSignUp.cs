using Accounts.Core;
using Accounts.Core.Data;
using Accounts.Core.Invitations;
using Accounts.Core.Registration;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Development.Testing;

/// <summary>
/// Signs a user up. Whose address is to be verified comes by an invitation, which nobody has made and nothing has mailed: so it works whether
/// or not people may sign up, and leaves no mail that a test would take for the one that it waits for.
/// </summary>
public sealed class TestSignUp(AccountsDb db, InvitedRegistration invited, UserRegistration registration)
{
    public async Task SignUpAsync(TestUserForm form, Device device, CancellationToken cancellation)
    {
        if (!form.Verified)
        {
            await registration.RegisterAsync(form.SignUp, device, cancellation);
            return;
        }
        var token = await InviteAsync(form.SignUp.Email, cancellation);
        try
        {
            await invited.RegisterAsync(form.SignUp, token, device, cancellation);
        }
        catch
        {
            var hash = OpaqueToken.Hash(token);
            await db.Invitations.Where(i => i.TokenHash == hash).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>In the place of one that the address had. By no administrator, as that of one who has been erased.</summary>
    private async Task<string> InviteAsync(EmailAddress email, CancellationToken cancellation)
    {
        var form = new InvitationForm(email, RoleNames.None, Invitation.ShortestLifetime);
        var made = Invitation.Of(form, by: Guid.Empty, await db.ReadClockAsync(cancellation), out var token);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO invitations (id, email, email_key, roles, token_hash, created_at, expires_at)
            VALUES ({made.Id}, {made.Email}, {made.EmailKey}, {made.Roles}, {made.TokenHash}, {made.CreatedAt}, {made.ExpiresAt})
            ON CONFLICT (email_key) DO UPDATE SET id = excluded.id, roles = excluded.roles, token_hash = excluded.token_hash,
              invited_by = NULL, created_at = excluded.created_at, expires_at = excluded.expires_at
            """, cancellation);
        return token;
    }
}
