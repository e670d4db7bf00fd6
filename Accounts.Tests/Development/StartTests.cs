using System.Net;
using System.Net.Sockets;
using Accounts.Api;
using Accounts.Core.Failures;
using Accounts.Development;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development;

[Trait("Pace", "long")]
public sealed class StartTests(Postgres postgres)
{
    [Theory]
    [InlineData("Development", "Accounts__PublicUrl=http://localhost:8001 ./run"), InlineData("Production", "--urls=http://localhost:8001")]
    public async Task A_taken_port_is_told_in_one_line_with_what_to_do_about_it_there(string environment, string example)
    {
        using var taken = new TcpListener(IPAddress.Loopback, TestSettings.FreePort());
        taken.Start();
        var url = $"http://localhost:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using var server = ServerProcess.Launch(await postgres.CreateDatabaseAsync(), ("environment", environment), ("urls", url));
        await server.WaitForExitAsync();
        Assert.Equal(1, server.ExitCode);
        Assert.Equal(
            $"Accounts cannot start: Something listens at {url} already. End it, or choose another port: {example}",
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

    [Theory]
    [InlineData("Production"), InlineData("Staging")]
    public async Task The_host_for_Development_starts_nowhere_else(string environment)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => DevelopmentHost.BuildAsync([$"--environment={environment}"]));
        Assert.Equal(
            $"this is the host for Development, and ASPNETCORE_ENVIRONMENT is {environment}: leave it out, or start Accounts.Api.",
            refused.Message);
    }

    [Fact]
    public async Task A_fault_of_a_setting_is_told_before_one_of_the_private_PostgreSQL()
    {
        string[] args = ["--environment=Development", "--Accounts:Dev:EnvFile=none", "--Accounts:Dev:PostgresBin=/nowhere"];
        var postgres = await Assert.ThrowsAsync<StartupException>(() => DevelopmentHost.BuildAsync(args));
        Assert.StartsWith("Accounts:Dev:PostgresBin is /nowhere", postgres.Message, StringComparison.Ordinal);
        var setting = await Assert.ThrowsAsync<StartupException>(() => DevelopmentHost.BuildAsync([.. args, "--Accounts:Mail:Lanes=0"]));
        Assert.StartsWith("Accounts__Mail__Lanes is 0", setting.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', setting.Message);
    }

    [Theory]
    [InlineData("Development"), InlineData("Production")]
    public async Task The_shipped_server_alone_says_what_it_needs_in_any_environment(string environment)
    {
        await using var server = Program.Build([$"--environment={environment}"]);
        var refused = await Assert.ThrowsAsync<StartupException>(() => server.PrepareAsync());
        var names = refused.Message.Split('\n').Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(["Accounts__Mail__SmtpUrl", "Accounts__SecretKey", "ConnectionStrings__Accounts"], names);
    }

    [Fact]
    public async Task In_Development_the_shipped_server_is_without_mailbox_and_fake_provider()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await using var server = Program.Build(
        [
            "--environment=Development", $"--ConnectionStrings:Accounts={connection}", $"--Accounts:SecretKey={TestSettings.SecretKey}",
            "--Accounts:Mail:SmtpUrl=smtp://localhost:1?tls=none", $"--urls=http://127.0.0.1:{TestSettings.FreePort()}",
        ]);
        await server.PrepareAsync();
        await server.App.StartAsync();
        using var client = new ApiClient(new Uri(server.App.Urls.Single()), "Tests/1.0");
        Assert.Equal("[]", (await client.GetAsync("/api/auth/social/")).Text);
        foreach (var path in new[] { "/dev/app", "/dev/app/orders", "/dev/mailbox", "/dev/mailbox.json", "/dev/provider" })
        {
            Assert.Equal(404, (await client.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task What_a_shared_env_says_to_Development_does_not_stop_the_shipped_server()
    {
        await using var server = await TestServer.StartAsync(
            postgres, ("environment", "Production"), ("Accounts:Dev:EnvFile", ".env"), ("Accounts:Dev:PostgresBin", "/nowhere"),
            ("Accounts:Dev:Tools", "false"), ("Accounts:Mail:MailboxFolder", "/nowhere"));
        await server.WaitUntilReadyAsync();
    }
}
