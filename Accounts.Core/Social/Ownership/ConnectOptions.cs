namespace Accounts.Core.Social.Ownership;

/// <summary>What a new identity is connected to by itself: section <c>Accounts:Social</c>.</summary>
public sealed class ConnectOptions
{
    public const string Authoritative = "authoritative", Never = "never";

    /// <summary><c>authoritative</c>: a new identity is connected, without being asked, to the account whose verified address its provider itself gives out (Google: gmail.com, and the domain of the organisation). <c>never</c>: that takes a proof of the account, too.</summary>
    public string Connect { get; set; } = Authoritative;

    public bool ConnectsAuthoritative => Connect.Equals(Authoritative, StringComparison.OrdinalIgnoreCase);
}
