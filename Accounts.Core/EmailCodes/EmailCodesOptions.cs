namespace Accounts.Core.EmailCodes;

/// <summary>Signing in by a mailed code or link: section <c>Accounts:EmailCodes</c>.</summary>
public sealed class EmailCodesOptions
{
    /// <summary>Whoever reads an account's mail may sign in by it. Otherwise there are no such endpoints, and no page.</summary>
    public bool Enabled { get; set; }

    /// <summary>An address that nobody has gets a mail, too, and an account once its code is typed; where anybody may sign up.</summary>
    public bool SignUp { get; set; }
}
