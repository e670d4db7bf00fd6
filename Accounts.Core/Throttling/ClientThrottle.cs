using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Accounts.Core.Failures;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Throttling;

/// <summary>What a client address has a budget for.</summary>
public enum ClientBudget
{
    SignIn,
    Other,
}

/// <summary>
/// Limits what one client address asks for, each process in its own memory. Of IPv6 a /64 is one client, and who has more of them has a budget
/// for all that lie in one /48, too.
/// </summary>
public sealed class ClientThrottle(IOptions<ThrottlingOptions> options, TimeProvider time)
{
    /// <summary>So many times what a /64 may: the /48 of a provider has many homes in it.</summary>
    public const int ClientsPerSite = 16;

    private const int BitsOfClient = 64, BitsOfSite = 48;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ClientBudget, (WindowTable Clients, WindowTable Sites)> tables = new()
    {
        [ClientBudget.SignIn] = (new(Minute, time), new(Minute, time)),
        [ClientBudget.Other] = (new(Minute, time), new(Minute, time)),
    };

    /// <exception cref="ThrottledException">too often</exception>
    public void Demand(ClientBudget budget, IPAddress address)
    {
        if (options.Value.Enabled && Count(budget, address) is { } wait)
        {
            throw new ThrottledException(wait);
        }
    }

    private TimeSpan? Count(ClientBudget budget, IPAddress address)
    {
        var (limit, (clients, sites)) = (Limit(budget), tables[budget]);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return clients.Count(BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()), limit);
        }
        var number = BinaryPrimitives.ReadUInt128BigEndian(address.GetAddressBytes());
        return clients.Count(Prefix(number, BitsOfClient), limit) ?? sites.Count(Prefix(number, BitsOfSite), limit * ClientsPerSite);
    }

    private int Limit(ClientBudget budget) => budget == ClientBudget.SignIn ? options.Value.SignInsPerMinute : options.Value.OthersPerMinute;

    private static UInt128 Prefix(UInt128 address, int bits) => address >> (128 - bits) << (128 - bits);
}
