using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>A user as they are here, as far as an import is concerned.</summary>
/// <param name="User">whose it is</param>
/// <param name="Identities">the keys of theirs</param>
internal sealed record UserState(User User, IReadOnlyList<string> Identities)
{
    public PartPrints Prints => PartPrints.Of(part => part switch
    {
        ImportPart.Name => NameText(User.FirstName, User.LastName),
        ImportPart.Username => User.UserName!,
        ImportPart.Address => AddressText(User.Email!, User.EmailConfirmed),
        // A hash is made anew at a sign-in; the stamp changes with who chooses a password, and with whatever else says who gets in.
        ImportPart.Password => User.SecurityStamp!,
        ImportPart.Active => PartPrints.Text(ActiveText(User.IsActive), User.DeactivationReason, User.SuspendedUntil is { } until ? $"{until:O}" : null),
        ImportPart.Roles => RolesText(User.Roles),
        ImportPart.Identities => IdentitiesText(Identities),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    });

    public static string NameText(string first, string last) => PartPrints.Text(first, last);

    public static string AddressText(string email, bool verified) => PartPrints.Text(email, verified ? "verified" : "");

    public static string ActiveText(bool active) => active ? "active" : "inactive";

    public static string RolesText(IEnumerable<string> roles) => PartPrints.Text(roles.Order(StringComparer.Ordinal));

    public static string IdentitiesText(IEnumerable<string> keys) => PartPrints.Text(keys.Order(StringComparer.Ordinal));

    public static string Key(ForeignIdentity identity) => Key(identity.Provider, identity.Issuer, identity.Uid);

    /// <summary>None of the three has a control character in it.</summary>
    public static string Key(string provider, string issuer, string uid) => $"{provider}\n{issuer}\n{uid}";
}
