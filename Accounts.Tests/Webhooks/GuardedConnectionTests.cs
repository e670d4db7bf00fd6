using System.Net;
using Accounts.Core.Outbox;
using Accounts.Core.Outgoing;
using Accounts.Core.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Where a name may lead that a setting has.</summary>
public sealed class GuardedConnectionTests
{
    private static readonly DnsEndPoint Host = new("app.example.com", 9);

    /// <summary>One that answers with the open internet at first, and with this machine when it is asked again.</summary>
    [Fact]
    public async Task SG_24_A_name_is_looked_up_once_and_no_second_answer_leads_to_this_machine()
    {
        var asked = 0;
        await Assert.ThrowsAnyAsync<Exception>(() => GuardedConnection.OpenAsync(Host, (_, _) => Task.FromResult(new[] { ++asked == 1 ? IPAddress.Parse("192.31.7.1") : IPAddress.Loopback }), new CancellationToken(canceled: true)));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.0.0.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("::1"), InlineData("::ffff:127.0.0.1"), InlineData("fd00::1"), InlineData("64:ff9b::7f00:1")]
    public Task SG_24_A_name_that_stands_for_an_address_within_is_not_called(string address) => Assert.ThrowsAsync<ForbiddenAddressException>(
        () => GuardedConnection.OpenAsync(Host, (_, _) => Task.FromResult(new[] { IPAddress.Parse(address) }), CancellationToken.None));

    [Theory]
    [InlineData("https://localhost:9/hooks"), InlineData("https://127.0.0.1:9/hooks"), InlineData("https://[::1]:9/hooks"), InlineData("https://0x7f000001:9/hooks"), InlineData("https://2130706433:9/hooks")]
    public async Task SG_24_Outside_Development_no_webhook_is_sent_to_this_machine(string url)
    {
        using var client = new WebhookClient(new HostingEnvironment { EnvironmentName = Environments.Production }, TimeProvider.System);
        var receiver = new WebhookReceiver("app", new Uri(url), [new byte[32]], new HashSet<string>());
        var refused = await Assert.ThrowsAsync<CarrierAwayException>(() => client.SendAsync(receiver, "evt_1", "{}"u8.ToArray(), order: null));
        Assert.EndsWith("has no public address.", refused.Message, StringComparison.Ordinal);
    }
}
