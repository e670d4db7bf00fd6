using System.Collections.Concurrent;
using System.Net;
using Accounts.Api.Origins;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using IPNetwork = System.Net.IPNetwork;

namespace Accounts.Api.Clients;

/// <summary>
/// Takes the client's address out of X-Forwarded-For as far as listed proxies have written it, and believes nothing else of anybody. Not by the
/// framework's middleware, which reads the header as a whole: a quote in the client's part makes it drop the proxy's (dotnet/aspnetcore#36537).
/// </summary>
public sealed partial class ForwardedClient(RequestDelegate next, IOptions<OriginOptions> options, ILogger<ForwardedClient> log)
{
    private const string Header = "X-Forwarded-For";

    /// <summary>Anybody who reaches the port can send the header.</summary>
    private const int MostTold = 8;

    private readonly IPNetwork[] proxies = ProxySetup.ParseAll(options.Value.TrustedProxies);
    private readonly ConcurrentDictionary<IPAddress, bool> told = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.TryGetValue(Header, out var forwarded))
        {
            context.Connection.RemoteIpAddress = ClientOf(context.Connection.RemoteIpAddress, forwarded);
        }
        return next(context);
    }

    /// <summary>Hop by hop from the right, as long as it is a listed proxy that wrote the next one.</summary>
    private IPAddress? ClientOf(IPAddress? peer, StringValues forwarded)
    {
        if (!IsListed(peer))
        {
            TellUnlisted(peer);
            return peer;
        }
        var client = peer;
        foreach (var hop in ForwardedHops.FromTheRight(forwarded))
        {
            if (!IsListed(client) || ForwardedHops.AddressOf(hop) is not { } address)
            {
                break;
            }
            client = address;
        }
        return client;
    }

    /// <summary>Who comes by a socket has no address, and is whoever may open it: the proxy, where there is one.</summary>
    private bool IsListed(IPAddress? address)
    {
        if (address is null)
        {
            return proxies.Length > 0;
        }
        var plain = ClientDevice.Plain(address);
        return Array.Exists(proxies, network => network.Contains(plain));
    }

    private void TellUnlisted(IPAddress? peer)
    {
        if (peer is not null && told.Count < MostTold && told.TryAdd(peer, true))
        {
            LogUnlisted(ClientDevice.Plain(peer));
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "X-Forwarded-For from {Address} is not believed. If that is a proxy of yours, add it to Accounts__TrustedProxies: until then all who come through it are one client, and share one client's limits.")]
    private partial void LogUnlisted(IPAddress address);
}
