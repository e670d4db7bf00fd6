namespace Accounts.Api.Compatibility.SimpleJwt;

/// <summary>Where SimpleJWT's paths are: section <c>Accounts:Compatibility:SimpleJwt</c>.</summary>
public sealed class SimpleJwtOptions
{
    /// <summary>Stands before <c>token/</c>, <c>token/refresh/</c> and all others.</summary>
    public string Prefix { get; set; } = "/api";
}
