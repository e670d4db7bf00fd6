namespace Accounts.Api.Http;

/// <summary>Whose scripts and which proxies are believed: section <c>Accounts</c>.</summary>
public sealed class OriginOptions
{
    /// <summary>Origins of front ends (<c>https://app.example.com</c>), separated by commas. In Development any <c>http://localhost:*</c> besides.</summary>
    public string AllowedOrigins { get; set; } = "";
}
