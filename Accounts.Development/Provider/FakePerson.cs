namespace Accounts.Development.Provider;

/// <summary>Somebody who can sign in at the fake provider, each for a case that a front end has to handle.</summary>
/// <param name="Email">null for somebody who shows none</param>
/// <param name="Declines">ends the sign-in instead</param>
public sealed record FakePerson(string Id, string GivenName, string FamilyName, string? Email, bool EmailVerified, bool Declines, string About)
{
    /// <summary>Whether the provider says that it gives out the address itself, as Google does of Gmail's.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>Comes back with a code, and then the provider does not answer.</summary>
    public bool IsAway { get; init; }

    public static IReadOnlyList<FakePerson> All { get; } =
    [
        new("1001", "Vera", "Verified", "vera@example.com", true, false, "Her address is verified: signed in at once."),
        new("1002", "Uma", "Unverified", "uma@example.com", false, false, "Her address is not verified: signed in, and asked by mail to verify it."),
        new("1003", "Nora", "Nowhere", null, false, false, "She shows no address: email_required, and a mail to the one that she names."),
        new("1004", "Tara", "Taken", "taken@example.com", true, false, "Register and verify taken@example.com first: account_exists."),
        new("1005", "Dora", "Decliner", null, false, true, "She says no: access_denied."),
        new("1006", "Ada", "Authoritative", "ada@example.com", true, false, "Her address is the provider's own: an account that has it is connected, one that never verified it becomes hers.")
        {
            IsAuthoritative = true,
        },
    ];
}
