using System.Net;
using System.Net.Sockets;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development;

public sealed class StartTests(Postgres postgres)
{
    [Fact]
    public async Task A_taken_port_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, TestSettings.FreePort());
        taken.Start();
        var url = $"http://localhost:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using var server = ServerProcess.Launch(await postgres.CreateDatabaseAsync(), ("urls", url));
        await server.WaitForExitAsync();
        Assert.Equal(1, server.ExitCode);
        Assert.Equal(
            $"Accounts cannot start: Something listens at {url} already. End it, or choose another port: Accounts__PublicUrl=http://localhost:8001 ./run",
            server.Output.Trim());
    }

    [Fact]
    public async Task Nothing_is_written_to_the_home_folder()
    {
        var home = Directory.CreateTempSubdirectory("accounts-home-").FullName;
        await using (await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), ("HOME", home)))
        {
            Assert.Empty(Directory.GetFileSystemEntries(home));
        }
        Directory.Delete(home, recursive: true);
    }
}
