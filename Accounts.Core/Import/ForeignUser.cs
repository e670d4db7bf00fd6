namespace Accounts.Core.Import;

/// <summary>A user as the system of before had them.</summary>
public sealed record ForeignUser
{
    /// <summary>Their key there, by which alone they are found again.</summary>
    public required string LegacyId { get; init; }

    /// <summary>Null where they have none there.</summary>
    public string? Username { get; init; }

    /// <summary>Null where they have none there.</summary>
    public string? Email { get; init; }

    public bool EmailVerified { get; init; }

    /// <summary>As it stood there, in the form that <c>ForeignHash</c> judges; null for no password.</summary>
    public string? PasswordHash { get; init; }

    public bool IsActive { get; init; } = true;

    public DateTimeOffset? DateJoined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    /// <summary>As they are called there: <c>staff</c>, <c>superuser</c>, names of groups. <see cref="ImportRules.Roles"/> says what becomes of them.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<ForeignIdentity> Identities { get; init; } = [];

    /// <summary>Where they stand there, for the report: <c>line 12</c>, <c>auth.user 7</c>.</summary>
    public required string Place { get; init; }

    /// <summary>Why they cannot be read, a sentence: they are a conflict then. Null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>What of theirs is not taken, or not as it was there: sentences for the report.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Neither address nor hash.</summary>
    public override string ToString() => $"ForeignUser {LegacyId} ({Place})";
}

/// <summary>An account at an identity provider that a user signs in with.</summary>
/// <param name="Provider">as we call it: <c>google</c>, <c>github</c></param>
/// <param name="Uid">the provider's own, unchanging id of the person</param>
/// <param name="Email">null where the provider told none</param>
/// <param name="EmailVerified">whether the provider vouched for it</param>
public sealed record ForeignIdentity(string Provider, string Uid, string? Email, bool EmailVerified)
{
    /// <summary><c>iss</c> of a provider of OpenID Connect; empty for the others, and for Google and GitHub.</summary>
    public string Issuer { get; init; } = "";
}
