using Accounts.Core;
using Accounts.Core.Admin;
using Accounts.Core.Audit;
using Accounts.Core.Failures;

namespace Accounts.Development.Testing;

/// <summary>What a test has to know of its user, to sign in.</summary>
public sealed record TestUser(Guid Id, string Username, string Email, string Password, bool EmailVerified, string[] Roles)
{
    /// <summary>Of the authenticator app, in base32; null for who has none.</summary>
    public string? TotpSecret { get; init; }

    public string[]? RecoveryCodes { get; init; }

    public override string ToString() => $"{nameof(TestUser)} {Username}";
}

/// <summary>Makes users for tests, by the flows that make others.</summary>
public sealed class TestUsers(TestSignUp signUp, TestFactors factors, UserDirectory directory, Administration administration, RoleChange roles)
{
    /// <exception cref="InvalidInputException">the name or the address is taken, or the password is none for this user</exception>
    /// <exception cref="PermissionDeniedException">they are to verify the address themselves, and nobody may sign up</exception>
    public async Task<TestUser> MakeAsync(TestUserForm form, Device device, CancellationToken cancellation)
    {
        await signUp.SignUpAsync(form, device, cancellation);
        var user = await FindAsync(form, cancellation);
        if (form.Roles.Names.Length > 0)
        {
            user = await administration.DoAsync(user.Profile.Id, roles.To(form.Roles), Actor.Operator, cancellation);
        }
        var made = new TestUser(user.Profile.Id, user.Profile.Username, user.Profile.Email, form.SignUp.Password.Typed, user.Profile.EmailVerified, user.Profile.Roles);
        if (!form.Totp)
        {
            return made;
        }
        var (secret, codes) = await factors.AddAsync(made.Id, device, cancellation);
        return made with { TotpSecret = secret, RecoveryCodes = codes };
    }

    /// <summary>Where existing accounts are hidden, who has not verified the address is nobody yet.</summary>
    private async Task<AdministeredUser> FindAsync(TestUserForm form, CancellationToken cancellation)
    {
        try
        {
            return await directory.FindAsync(form.SignUp.Email.Text, cancellation);
        }
        catch (NotFoundException)
        {
            var errors = new FieldErrors();
            errors.Add("verified", "With Accounts__Registration__HideExistingAccounts there is no user before the address is verified. Sign up, and confirm the mail.");
            throw new InvalidInputException(errors);
        }
    }
}
