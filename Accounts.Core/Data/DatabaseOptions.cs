namespace Accounts.Core.Data;

/// <summary>How sure of its database the server must be: section <c>Accounts:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>
    /// Lets the connection string choose an <c>SSL Mode</c> that does not prove which server answers (Disable, Require)
    /// for one on another machine. Only where nobody else is on the network in between.
    /// </summary>
    public bool AllowUnverified { get; set; }
}
