using System.Net;
using System.Net.Sockets;
using Accounts.Core.Outbox;
using Accounts.Core.Outgoing;
using Accounts.Core.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>Every form of an address by which a receiver could lead into our own network: refused at the start, and where it is not, when it is called.</summary>
public sealed class HostileReceiverTests
{
    private const string Within = "it must be on the open internet", Ambiguous = "has a blank, a backslash", User = "has a user, a password", None = "write where the app is told", Plain = "it must be https";

    /// <summary>IPv4 in decimal, octal, hexadecimal, short and long, and what only looks like it.</summary>
    public static TheoryData<string> OfIpv4 => new(
    [
        "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0X7F.0.0.1", "0x7f.1", "0177.0.0.1", "017700000001", "0177.0x0.0.1", "00000177.0.0.1",
        "0.0.0.0", "0", "0.1.2.3", "10.0.0.1", "10.1", "012.0.0.1", "0xa.1", "167772161", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.257", "0xc0a80001", "3232235521",
        "100.64.0.1", "100.100.100.200", "100.127.255.255", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "168.63.129.16",
        "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "127.0.0.1.", "10.0.0.1.", "256.0.0.1", "127.0.0.256", "1.2.3.4.5", "127.0.0.0x1.", "0x", "a.0x7f000001", "4294967296",
    ]);

    /// <summary>IPv6, and IPv4 within it: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP.</summary>
    public static TheoryData<string> OfIpv6 => new(
    [
        "::1", "::", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:1::", "2002:a9fe:a9fe::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:10::1", "2001:20::1", "2001:db8::1", "2600:1f00::5efe:10.0.0.1", "2600:1f00::200:5efe:192.168.0.1",
        "fe80::1", "fe80::1%eth0", "fe80::1%251", "febf::1", "fec0::1", "fc00::1", "fd00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "100::1", "3fff::1", "5f00::1", "4000::1", "e000::1",
    ]);

    /// <summary>Names for this machine, and hosts that each reader takes for another.</summary>
    public static TheoryData<string, string> OfUrls => new()
    {
        { "https://localhost/", Within }, { "https://LOCALHOST/", Within }, { "https://localhost./", Within }, { "https://localhost../", None }, { "https://app.localhost/", Within }, { "https://app.localhost./", Within },
        { "http://app.example.com/", Plain }, { "http://8.8.8.8/", Plain }, { "http://127.0.0.1/", Plain },
        { "ftp://app.example.com/", None }, { "file:///etc/passwd", None }, { "gopher://app.example.com/", None }, { "ws://app.example.com/", None }, { "javascript:alert(1)", None }, { "//app.example.com/", None },
        { "app.example.com/webhooks", None }, { "https:app.example.com", None }, { "https:/app.example.com", None }, { "https:///app.example.com", None }, { "https://", None }, { "https:///", None }, { "", None },
        { "https://app.example.com:0/", None }, { "https://app.example.com:65536/", None }, { "https://app.example.com:-1/", None }, { "https://app.example.com:80:80/", None }, { "https://app.example.com:x/", None },
        { "https://[::1/", None }, { "https://::1/", None },
        { "https://u:p@app.example.com/", User }, { "https://u@app.example.com/", User }, { "https://@app.example.com/", User }, { "https://app.example.com@10.0.0.1/", User }, { "https:u:p@app.example.com/", User },
        { "https://app.example.com/#", User }, { "https://app.example.com/#@10.0.0.1", User }, { "https://10.0.0.1#.example.com/", User },
        { "https://app.example.com\\@10.0.0.1/", Ambiguous }, { "https:\\\\10.0.0.1\\", Ambiguous }, { "https://app.example.com /", Ambiguous }, { " https://app.example.com/", Ambiguous },
        { "https://app.example.com\t.evil.test/", Ambiguous }, { "https://app.example.com/\r\nHost: evil.test", Ambiguous }, { "https://app.example.com/\0", Ambiguous },
        { "https://\uFF11\uFF12\uFF17.0.0.1/", Ambiguous }, { "https://127\u30020\u30020\u30021/", Ambiguous }, { "https://127\uFF0E0\uFF0E0\uFF0E1/", Ambiguous }, { "https://\u2460\u2461\u2466.0.0.1/", Ambiguous },
        { "https://\u24DBocalhost/", Ambiguous }, { "https://b\u00FCcher.example/", Ambiguous }, { "https://\u0430pp.example.com/", Ambiguous }, { "https://app.example.com\uFF20" + "10.0.0.1/", Ambiguous },
        { "https://app.example.com\uFF0F.evil.test/", Ambiguous }, { "https://app\u00ADle.example.com/", Ambiguous }, { "https://app\u200B.example.com/", Ambiguous },
    };

    [Theory, MemberData(nameof(OfIpv4)), MemberData(nameof(OfIpv6))]
    public async Task SG_24_An_address_within_is_refused_in_every_form_at_the_start_and_when_it_is_called(string host)
    {
        var url = $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:9/hooks";
        Assert.NotNull(WebhookUrl.Fault(url, isDevelopment: false));
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.HostNameType is not UriHostNameType.Dns)
        {
            using var client = Client();
            await Assert.ThrowsAsync<CarrierAwayException>(() => client.SendAsync(Receiver(uri), "evt_1", "{}"u8.ToArray(), order: null));
        }
    }

    [Theory, MemberData(nameof(OfUrls))]
    public void SG_24_What_two_readers_take_for_two_hosts_is_refused_at_the_start_with_a_sentence_that_says_why(string url, string words) =>
        Assert.Contains(words, WebhookUrl.Fault(url, isDevelopment: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://app.example.com/webhooks"), InlineData("HTTPS://APP.example.com:8443/a?b=c@d"), InlineData("https://xn--bcher-kva.example/"), InlineData("https://8.8.8.8/"), InlineData("https://[2606:4700::1111]:8443/")]
    [InlineData("https://app.example.com./"), InlineData("https://app/"), InlineData("https://a1.0x7f.example/"), InlineData("https://app.example.com/%20%40")]
    public void SG_24_What_may_be_on_the_open_internet_is_not_refused_before_it_is_called(string url) => Assert.Null(WebhookUrl.Fault(url, isDevelopment: false));

    [Theory]
    [InlineData("http://localhost:9/", true), InlineData("http://127.0.0.1:9/", true), InlineData("http://[::1]:9/", true), InlineData("https://127.1:9/", true), InlineData("http://2130706433/", true)]
    [InlineData("http://loopback:9/", true), InlineData("http://app.localhost:9/", false), InlineData("http://localhost.:9/", false), InlineData("https://10.0.0.1/", false), InlineData("http://0.0.0.0:9/", false), InlineData("https://[fe80::1]/", false)]
    public void SG_24_In_Development_this_machine_may_be_told_and_nobody_else_within(string url, bool isTaken) => Assert.Equal(isTaken, WebhookUrl.Fault(url, isDevelopment: true) is null);

    /// <summary>A name of which one address is ours and one is not: nobody is ever connected to ours.</summary>
    [Fact]
    public async Task SG_24_Of_a_name_with_public_and_private_addresses_the_public_ones_alone_are_called()
    {
        IPAddress[] all = [IPAddress.Loopback, IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1"), IPAddress.Parse("64:ff9b::7f00:1"), IPAddress.Parse("::ffff:127.0.0.1"), IPAddress.Parse("2606:4700::1111")];
        Assert.Equal([all[1], all[5]], await GuardedConnection.PublicOnesAsync("app.example.com", (_, _) => Task.FromResult(all), CancellationToken.None));
    }

    /// <summary>In Development, too: what is called this machine, and stands for another, is not told what nobody has encrypted.</summary>
    [Fact]
    public async Task SG_24_In_Development_localhost_that_stands_for_another_machine_is_not_called()
    {
        using var client = Client(Environments.Development, _ => IPAddress.Parse("10.0.0.1"));
        var refused = await Assert.ThrowsAsync<CarrierAwayException>(() => client.SendAsync(Receiver(new Uri("http://localhost:9/")), "evt_1", "{}"u8.ToArray(), order: null));
        Assert.EndsWith("localhost is not this machine.", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The name is looked up for each connection, once, and what that look-up said is what is connected to.</summary>
    [Fact]
    public async Task SG_24_A_name_that_comes_to_stand_for_this_machine_is_not_called_there()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var asked = 0;
        using var client = Client(Environments.Development, host => host == "localhost" || asked++ > 0 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1"));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var refused = await Assert.ThrowsAsync<CarrierAwayException>(() => client.SendAsync(Receiver(new Uri($"https://app.example.com:{port}/")), "evt_1", "{}"u8.ToArray(), order: null));
            Assert.EndsWith("app.example.com has no public address.", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal((3, false), (asked, listener.Pending()));
    }

    private static WebhookClient Client(string environment = "Production", Func<string, IPAddress>? names = null) =>
        new(new HostingEnvironment { EnvironmentName = environment }, TimeProvider.System, names is null ? null : (host, _) => Task.FromResult(new[] { names(host) }));

    private static WebhookReceiver Receiver(Uri url) => new("app", url, [new byte[32]], new HashSet<string>());
}
