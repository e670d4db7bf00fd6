using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.ProgramTokens;

/// <summary>The name of a client's section.</summary>
public sealed record ProgramClientName(string Text);

/// <summary>A program that has proved which it is.</summary>
/// <param name="Name">as the setting writes it</param>
/// <param name="Roles">that its tokens may have</param>
public sealed record ProgramClient(string Name, string[] Roles);

/// <summary>The programs that have tokens of their own.</summary>
public sealed class ProgramClients
{
    private static readonly byte[] Nothing = new byte[SHA256.HashSizeInBytes];

    private readonly Dictionary<string, (ProgramClient Client, byte[][] Secrets)> clients;

    public ProgramClients(IEnumerable<ProgramClientName> names, IOptionsMonitor<ProgramClientOptions> options) =>
        clients = names.ToDictionary(name => name.Text, name => Read(name.Text, options.Get(name.Text)));

    public bool Any => clients.Count > 0;

    /// <summary>Null for none of that name.</summary>
    public ProgramClient? Find(string name) => clients.TryGetValue(name, out var known) ? known.Client : null;

    /// <summary>Null where the secret is not that client's; an unknown one costs the same comparisons.</summary>
    public ProgramClient? Authenticate(string name, string secret)
    {
        var hash = Hash(secret);
        var isKnown = clients.TryGetValue(name, out var known);
        var matches = false;
        foreach (var expected in isKnown ? known.Secrets : [Nothing, Nothing])
        {
            matches |= CryptographicOperations.FixedTimeEquals(hash, expected);
        }
        return isKnown && matches ? known.Client : null;
    }

    /// <summary>Always two to compare with.</summary>
    private static (ProgramClient Client, byte[][] Secrets) Read(string name, ProgramClientOptions options)
    {
        var secrets = SettingsSetup.Parts(options.Secret).Select(Hash).ToArray();
        var roles = RoleNames.TryRead(SettingsSetup.Parts(options.Roles), out var read, out _) ? read.Names : [];
        return (new ProgramClient(name, roles), [secrets[0], secrets[^1]]);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
