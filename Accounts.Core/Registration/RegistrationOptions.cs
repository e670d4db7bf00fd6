namespace Accounts.Core.Registration;

/// <summary>Who may sign up and how: section <c>Accounts:Registration</c>.</summary>
public sealed class RegistrationOptions
{
    /// <summary>Whether anybody may sign up; otherwise by invitation alone.</summary>
    public bool Open { get; set; } = true;

    /// <summary>Registering a known address answers as for a new one, and its owner learns of it by mail; otherwise it is a field error, as in Django.</summary>
    public bool HideExistingAccounts { get; set; }

    /// <summary>A verification link counts only in the browser that registered, with a session of that user, or with the password.</summary>
    public bool RequireSameBrowser { get; set; }
}
