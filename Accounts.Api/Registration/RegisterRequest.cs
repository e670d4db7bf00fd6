using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Invitations;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of register; <c>password1</c> and <c>password2</c> may stand for <c>password</c>, as in dj-rest-auth.</summary>
[TakesExtraFields]
public sealed record RegisterRequest : IRequest<RegistrationForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", Required = true, MaxLength = Core.Users.Username.Longest, Example = "ann")]
    public Field Username { get; init; }

    [Described("Where the link and the code are mailed.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("In place of `password`, together with `password2`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password1 { get; init; }

    [Described("The same again.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password2 { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Ann")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    [Described("Of the mailed link, for the `email` that it went to: where sign-up is closed the account is made all the same, and the address is verified.", MaxLength = OpaqueToken.Length)]
    public Field Invitation { get; init; }

    public RegistrationForm Read(FieldReader fields)
    {
        var services = fields.Context.RequestServices;
        var username = fields.Username("username", Username);
        var email = fields.NewEmailAddress("email", Email);
        var invitation = ReadInvitation();
        fields.Gate = () => DemandAsync(fields.Context, invitation, email);
        var password = ReadPassword(fields);
        if (password is not null && services.GetRequiredService<PasswordPolicy>().Mistake(password, Username.Text ?? "", email) is { } mistake)
        {
            fields.Errors.Add(password.Field, mistake);
        }
        var first = fields.OptionalText("first_name", FirstName, User.LongestName);
        var last = fields.OptionalText("last_name", LastName, User.LongestName);
        return new RegistrationForm(username!, email!, password!, first, last, fields.Extra(partial: false)) { Invitation = invitation };
    }

    /// <summary>What is no text is no invitation's token, and told so; without one, or a blank one, there is none.</summary>
    private string? ReadInvitation() => Invitation.IsMissing || Invitation.IsBlank || Invitation.Kind == FieldKind.Null ? null : Invitation.Text?.Trim() ?? "";

    /// <summary>Who may not sign up is told that, and nothing of their fields.</summary>
    private static Task DemandAsync(HttpContext context, string? invitation, EmailAddress? email)
    {
        if (invitation is not null)
        {
            return context.RequestServices.GetRequiredService<InvitationAcceptance>().DemandAsync(invitation, email, context.RequestAborted);
        }
        context.RequestServices.GetRequiredService<UserRegistration>().DemandOpen();
        return Task.CompletedTask;
    }

    private NewPassword? ReadPassword(FieldReader fields)
    {
        if (!Password.IsMissing || (Password1.IsMissing && Password2.IsMissing))
        {
            return fields.Password("password", Password) is { } once ? new NewPassword(once, "password") : null;
        }
        var (first, second) = (fields.Password("password1", Password1), fields.Password("password2", Password2));
        if (first is not null && second is not null && first != second)
        {
            fields.Errors.Add(FieldErrors.NonField, "The two password fields didn't match.");
        }
        return first is null ? null : new NewPassword(first, "password1");
    }
}
