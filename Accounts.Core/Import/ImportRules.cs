namespace Accounts.Core.Import;

/// <summary>How an import goes about it, as whoever runs it says.</summary>
public sealed record ImportRules
{
    /// <summary>What is called so there gives this role here. What is not listed gives none.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>The providers that there are here, and under which issuer the identities of each are kept: empty for those that have none. Others are left out.</summary>
    public IReadOnlyDictionary<string, string> Issuers { get; init; } = new Dictionary<string, string>();

    /// <summary>Nothing is written; the report says what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Every address counts as verified: of a system that let nobody in before they had followed a mail, and did not write it down.</summary>
    public bool TrustAddresses { get; init; }

    /// <summary>Bare SHA-256 of a password, as tutorials store it, is taken.</summary>
    public bool BareSha256 { get; init; }

    /// <summary>Usernames that cannot be one here (with spaces in them) become others, as people who were not asked get them. Else they are conflicts.</summary>
    public bool SuggestUsernames { get; init; }

    /// <summary>Each who comes has an event of their own, of which apps are told.</summary>
    public bool Tell { get; init; }
}
