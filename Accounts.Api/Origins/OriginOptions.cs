namespace Accounts.Api.Origins;

/// <summary>Whose scripts and which proxies are believed: section <c>Accounts</c>.</summary>
public sealed class OriginOptions
{
    /// <summary>Origins of front ends (<c>https://app.example.com</c>, <c>capacitor://localhost</c>), separated by commas. In Development any <c>http://localhost:*</c> besides, by name or address.</summary>
    public string AllowedOrigins { get; set; } = "";

    /// <summary>Names of headers, besides the usual ones, that front ends of other origins may send, separated by commas.</summary>
    public string AllowedHeaders { get; set; } = "";

    /// <summary>Host names, besides PublicUrl's and loopback, under which the server answers (a service name inside a network), separated by commas. Others get 400.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Addresses or networks (<c>10.0.0.0/24</c>) of proxies whose X-Forwarded-For is believed, separated by commas. Required where PublicUrl is https and the server listens in clear.</summary>
    public string TrustedProxies { get; set; } = "";
}
