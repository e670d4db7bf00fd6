using Accounts.Core;

namespace Accounts.Api.Http;

public static class AddressSetup
{
    /// <summary>Where no address to listen at is configured, PublicUrl's is it.</summary>
    public static void AddAddress(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (builder.Environment.IsDevelopment() && settings["urls"] is null && settings["http_ports"] is null)
        {
            builder.WebHost.UseUrls(settings["Accounts:PublicUrl"] ?? new SiteOptions().PublicUrl);
        }
    }

    /// <exception cref="StartupException">none is configured</exception>
    public static string DatabaseConnection(this IConfiguration settings) =>
        settings.GetConnectionString("Accounts") is { Length: > 0 } connection ? connection : throw new StartupException(
            "ConnectionStrings__Accounts is not set. Set it to the PostgreSQL database, for example Host=db;Database=accounts;Username=accounts;Password=…");
}
