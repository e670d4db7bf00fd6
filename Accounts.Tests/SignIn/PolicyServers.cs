using Accounts.Tests.Compatibility;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Servers on one database, each with another answer to who must have a second factor; whichever sends a mail, it is in the mailbox of the first.</summary>
public sealed class PolicyServers(Postgres postgres) : EmailCodesServer(postgres, EveryLibrary.Enabled), IAsyncLifetime
{
    public const string Required = "Accounts:SecondFactor:Required";

    private readonly Dictionary<string, TestServer> nodes = [];

    public TestServer For(string policy) => nodes[policy];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        nodes["never"] = Server;
        foreach (var policy in new[] { "admins", "everybody" })
        {
            nodes[policy] = await StartNodeAsync((Required, policy));
        }
    }

    private Task<TestServer> StartNodeAsync(params (string Key, string Value)[] settings) => TestServer.StartOnAsync(
        Server.Database.ConnectionString, [.. Provider.Settings, ("Accounts:EmailCodes:Enabled", "true"), EveryLibrary.Enabled, ("Accounts:Mail:MailboxFolder", Server.MailboxFolder), .. settings]);

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await nodes["admins"].DisposeAsync();
        await nodes["everybody"].DisposeAsync();
        await DisposeAsync();
    }
}
