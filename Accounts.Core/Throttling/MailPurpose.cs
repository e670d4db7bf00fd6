namespace Accounts.Core.Throttling;

/// <summary>What a mail that anybody can cause is for. Each has a budget of its own, so that none spends what another needs.</summary>
public enum MailPurpose
{
    Reset,
    Verification,
    SignUp,
    LinkCode,
    SignUpCode,
    RegistrationRepeated,
    Change,
    Recovery,
    Reauthentication,
    SignInCode,
    Enrolment,
}
