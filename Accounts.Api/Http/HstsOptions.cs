namespace Accounts.Api.Http;

/// <summary>What browsers are told of https, where PublicUrl has it: section <c>Accounts:Hsts</c>.</summary>
public sealed class HstsOptions
{
    /// <summary>Demands https of every host below PublicUrl's too, for a year: also of those that are somebody else's.</summary>
    public bool IncludeSubDomains { get; set; }
}
