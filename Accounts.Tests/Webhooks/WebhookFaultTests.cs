using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Outbox;
using Accounts.Core.Webhooks;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>What receivers, nodes and settings do to what is told.</summary>
[Trait("Pace", "long")]
public sealed class WebhookFaultTests(Postgres postgres) : IAsyncLifetime
{
    private const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private WebhookEar ear = null!;

    public async ValueTask InitializeAsync() => ear = await WebhookEar.StartAsync();

    public ValueTask DisposeAsync() => ear.DisposeAsync();

    [Fact]
    public async Task WH_03_What_a_killed_process_had_under_way_is_told_by_another_soon_under_the_same_id()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var one = await ServerProcess.StartAsync(database, ear.Receiver("app"));
        await using var other = await ServerProcess.StartAsync(database, ear.Receiver("app"));
        var killed = new TaskCompletionSource();
        ear.Answer("app", (_, _) => killed.Task);
        await one.RegisterAsync("victim");
        await Until.TrueAsync(() => Task.FromResult(ear.All().Length == 1), "it is under way");
        await one.KillAsync();
        await other.KillAsync();
        ear.Answer("app", _ => 200);
        killed.SetResult();
        var since = Stopwatch.GetTimestamp();
        await using var next = await ServerProcess.StartAsync(database, ear.Receiver("app"));
        await Until.TrueAsync(async () => await next.Database.CountAsync("webhook_messages", "state = 'sent'") == 1, "it is told", TimeSpan.FromSeconds(60));
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(60));
        // On a slow machine it had been tried again before.
        Assert.InRange(ear.All().Length, 2, 4);
        Assert.Single(ear.All().Select(webhook => webhook.Id).Distinct());
    }

    [Fact]
    public async Task WH_03_A_receiver_that_never_answers_is_left_after_ten_seconds_and_holds_up_neither_another_nor_mail()
    {
        await using var server = await TestServer.StartAsync(postgres, [.. ear.Receiver("app"), .. ear.Receiver("slow")]);
        ear.Answer("slow", async (_, context) => await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }));
        using var client = server.Client();
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.RegisterSomebodyAsync()));
        await server.TellAsync();
        foreach (var person in people)
        {
            await ear.WaitAsync(await server.IdOfAsync(person), 1);
            await server.Mailbox.WaitAsync(person.Email);
        }
        await Until.TrueAsync(
            async () => await server.Database.CountAsync("webhook_messages", "receiver = 'slow' AND last_error = 'It did not answer within 10 s.' AND attempts <= 1") > 0, "it is left", TimeSpan.FromSeconds(30));
        ear.Answer("slow", _ => 200);
        await Until.TrueAsync(async () => await server.Database.CountAsync("webhook_messages", "receiver = 'slow' AND state = 'sent'") == people.Length, "all is told once it answers", TimeSpan.FromSeconds(60));
    }

    /// <summary>A name that stands for a machine of the open internet when it is looked at first, and for this one from then on (DNS rebinding).</summary>
    [Fact]
    public async Task SG_24_A_name_that_stands_for_this_machine_at_the_second_look_up_leads_nobody_there()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // Of AS112, which takes nothing but questions to the DNS (RFC 7535).
        var (asked, elsewhere) = (0, IPAddress.Parse("192.31.196.1"));
        using var client = new WebhookClient(
            new HostingEnvironment { EnvironmentName = Environments.Production }, TimeProvider.System, (_, _) => Task.FromResult(new[] { asked++ == 0 ? elsewhere : IPAddress.Loopback }));
        var receiver = new WebhookReceiver("app", new Uri($"https://app.example.com:{((IPEndPoint)listener.LocalEndpoint).Port}/"), [new byte[32]], new HashSet<string>());
        var refusals = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            refusals.Add((await Assert.ThrowsAsync<CarrierAwayException>(() => client.SendAsync(receiver, "evt_1", "{}"u8.ToArray(), order: null))).Message);
        }
        Assert.DoesNotContain("public address", refusals[0], StringComparison.Ordinal);
        Assert.All(refusals.Skip(1), words => Assert.EndsWith("app.example.com has no public address.", words, StringComparison.Ordinal));
        Assert.Equal((3, false), (asked, listener.Pending()));
    }

    [Fact]
    public async Task WH_02_While_a_secret_changes_whoever_has_either_finds_theirs()
    {
        await using var server = await TestServer.StartAsync(postgres, ear.Receiver("app", secret: $"{OtherSecret},{WebhookEar.Secret}"));
        using var client = server.Client();
        var user = await server.IdOfAsync(await client.RegisterSomebodyAsync());
        await server.TellAsync();
        var webhook = (await ear.WaitAsync(user, 1))[0];
        Assert.Equal(string.Join(' ', new[] { OtherSecret, WebhookEar.Secret }.Select(secret => Signature(secret, webhook))), webhook.Headers["webhook-signature"]);
    }

    /// <summary>npm's library refuses what is not signed as the standard says, and Python's hmac knows no library.</summary>
    [Fact]
    public async Task WH_02_Others_readers_of_the_standard_take_the_signature()
    {
        await using var app = await WebhookApp.StartAsync("node");
        await using var server = await TestServer.StartAsync(postgres, [.. app.Settings, .. ear.Receiver("app")]);
        using var client = server.Client();
        var user = await server.IdOfAsync(await client.RegisterSomebodyAsync());
        await server.TellAsync();
        var webhook = (await ear.WaitAsync(user, 1))[0];
        await Until.TrueAsync(() => Task.FromResult(app.Heard().Any(heard => heard.User == user && heard.Id == webhook.Id)), "npm's library takes it");
        const string script = """
            import base64, hashlib, hmac, sys
            secret, id, at, body = sys.argv[1:]
            print("v1," + base64.b64encode(hmac.new(base64.b64decode(secret[6:]), f"{id}.{at}.{body}".encode(), hashlib.sha256).digest()).decode())
            """;
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script, WebhookEar.Secret, webhook.Id, webhook.Headers["webhook-timestamp"], webhook.Body]) { RedirectStandardOutput = true })!;
        Assert.Equal(webhook.Headers["webhook-signature"], (await python.StandardOutput.ReadToEndAsync()).Trim());
    }

    [Fact]
    public async Task WH_01_Two_nodes_make_and_send_each_webhook_once()
    {
        await using var one = await TestServer.StartAsync(postgres, ear.Receiver("app"));
        await using var other = await TestServer.StartOnAsync(one.Database.ConnectionString, ear.Receiver("app"));
        using var client = one.Client();
        for (var i = 0; i < 40; i++)
        {
            await client.RegisterSomebodyAsync();
            _ = Task.WhenAll(one.TellAsync(), other.TellAsync());
        }
        await Until.TrueAsync(async () => await one.Database.CountAsync("webhook_messages", "state = 'sent'") == 40, "all are told");
        Assert.Equal((40, 40), (ear.All().Length, ear.All().Select(webhook => webhook.Id).Distinct().Count()));
        Assert.Equal(40, await one.Database.CountAsync("webhook_messages", "attempts = 1"));
    }

    [Theory, InlineData(2, 2), InlineData(4, 1)]
    public async Task WH_01_A_receiver_that_comes_back_goes_on_within_three_days_and_begins_anew_later(int days, int heard)
    {
        await using var first = await TestServer.StartAsync(postgres, ear.Receiver("app"));
        await first.StopAsync();
        await first.Database.ExecuteAsync("UPDATE webhook_receivers SET seen_at = seen_at - make_interval(days => @days)", ("days", days));
        var person = Some.Person();
        await using (var without = await TestServer.StartOnAsync(first.Database.ConnectionString))
        {
            using var client = without.Client();
            Assert.Equal(201, (await client.RegisterAsync(person)).Status);
            await without.TellAsync();
        }
        await using var again = await TestServer.StartOnAsync(first.Database.ConnectionString, ear.Receiver("app"));
        using var next = again.Client();
        await next.SignInAsync(person);
        await again.TellAsync();
        var user = await again.IdOfAsync(person);
        await again.UntilWebhooksAsync(heard, user, "state = 'sent'");
        Assert.Equal("session.started", ear.Of(user)[^1].Type);
    }

    [Fact]
    public async Task A_server_without_receivers_writes_nothing_for_them()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 0), (await server.Database.CountAsync("webhook_messages"), await server.Database.CountAsync("webhook_receivers")));
    }

    private static string Signature(string secret, HeardWebhook webhook) => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Headers["webhook-timestamp"]}.{webhook.Body}")))}";
}
