namespace Accounts.Api.Compatibility.Djoser;

/// <summary>Where djoser's paths are: section <c>Accounts:Compatibility:Djoser</c>.</summary>
public sealed class DjoserOptions
{
    /// <summary>Stands before <c>users/</c>, <c>jwt/create/</c> and all others.</summary>
    public string Prefix { get; set; } = "/djoser";
}
