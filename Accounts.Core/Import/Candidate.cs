using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>A user of the other system as they may be here.</summary>
/// <param name="Foreign">as they are there</param>
internal sealed record Candidate(ForeignUser Foreign)
{
    public string LegacyId => Foreign.LegacyId;

    /// <summary>Where they stand there. A key may be in it that was never checked, and PostgreSQL keeps no NUL.</summary>
    public string Place => Foreign.Place.AsSpan().ContainsAnyInRange('\0', '\u001F') ? string.Concat(Foreign.Place.Where(c => !char.IsControl(c))) : Foreign.Place;

    /// <summary>Why they cannot be here at all; null where they can, and then there is an address.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is not as it was there.</summary>
    public List<string> Notes { get; init; } = [];

    /// <summary>Null where one is to be suggested.</summary>
    public Username? Username { get; init; }

    /// <summary>What a username is suggested from.</summary>
    public string Wanted { get; init; } = "";

    public EmailAddress? Email { get; init; }

    public bool Verified { get; init; }

    /// <summary>In the form in which it is stored here; null for no password.</summary>
    public string? Hash { get; init; }

    /// <summary>Who is not gets in no more, whatever else of them is refused.</summary>
    public bool IsActive { get; init; }

    public DateTimeOffset? DateJoined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public RoleNames Roles { get; init; } = RoleNames.None;

    public IReadOnlyList<ForeignIdentity> Identities { get; init; } = [];

    /// <summary>What came, as it would be written.</summary>
    public PartPrints Prints => PartPrints.Of(part => part switch
    {
        ImportPart.Name => UserState.NameText(FirstName, LastName),
        ImportPart.Username => Username?.Text ?? PartPrints.Text("suggested", Wanted),
        ImportPart.Address => Email is null ? "" : UserState.AddressText(Email.Text, Verified),
        ImportPart.Password => Hash ?? "",
        ImportPart.Active => PartPrints.Text(UserState.ActiveText(IsActive), null, null),
        ImportPart.Roles => UserState.RolesText(Roles.Names),
        ImportPart.Identities => UserState.IdentitiesText(Identities.Select(UserState.Key)),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    });

    public ImportVerdict Verdict(ImportOutcome outcome, params IEnumerable<string> why) =>
        new(outcome, LegacyId, Place, string.Join(' ', why.Concat(Notes)));

    public ImportVerdict Conflict(string why) => new(ImportOutcome.Conflict, LegacyId, Place, why);
}
