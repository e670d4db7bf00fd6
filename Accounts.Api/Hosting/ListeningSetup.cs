using System.Net;
using System.Net.Sockets;
using Accounts.Core.Failures;
using Accounts.Core.Settings;

namespace Accounts.Api.Hosting;

public static class ListeningSetup
{
    public const string SampleDatabase = "Host=db;Database=accounts;Username=accounts;Password=…";

    public const string NoDatabase = $"ConnectionStrings__Accounts is not set. Set it to the PostgreSQL database, for example {SampleDatabase}";

    /// <summary>Where no address to listen at is configured, PublicUrl's is it.</summary>
    public static void AddListening(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        if (builder.Environment.IsDevelopment() && settings["urls"] is null && settings["http_ports"] is null)
        {
            builder.WebHost.UseUrls(settings["Accounts:PublicUrl"] ?? new SiteOptions().PublicUrl);
        }
    }

    /// <summary>Whether any of the addresses to listen at is https.</summary>
    public static bool IsByTls(IConfiguration settings) =>
        settings["https_ports"] is { Length: > 0 }
        || (settings["urls"] ?? "").Split(';').Concat(settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]))
            .Any(url => url?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Asked before anything starts: a host that fails to bind prints a stack trace for each of its workers.</summary>
    /// <exception cref="StartupException">somebody else listens there</exception>
    public static void DemandFreePort(this WebApplication app)
    {
        foreach (var url in (app.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var address = BindingAddress.Parse(url);
            if (!address.IsUnixPipe && !address.IsNamedPipe && Interfaces(address.Host).Any(place => IsTaken(new IPEndPoint(place, address.Port))))
            {
                throw app.PortTaken($"Something listens at {url} already.");
            }
        }
    }

    public static StartupException PortTaken(this WebApplication app, string reason) =>
        new($"{reason} End it, or choose another port: {app.Services.GetRequiredService<AnotherPort>().Example}");

    private static IPAddress[] Interfaces(string host) =>
        host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.TryParse(host, out var address) ? address : IPAddress.Any];

    public static bool IsTaken(IPEndPoint place)
    {
        try
        {
            using var probe = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(place);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}

/// <summary>How this program is started at another port, by example.</summary>
public sealed record AnotherPort(string Example);
