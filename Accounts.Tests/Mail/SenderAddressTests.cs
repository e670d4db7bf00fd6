using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Accounts.Tests.Support;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A sender that the start lets through can be written into every mail.</summary>
[Trait("Pace", "long")]
public sealed class SenderAddressTests(Postgres postgres)
{
    private const string Setting = "Accounts:Mail:From";

    [Theory]
    [InlineData("nobody"), InlineData("Acme: Accounts <a@b.test>"), InlineData("a@b.test, c@d.test"), InlineData("Ac;me <a@b.test>")]
    [InlineData("Acme (x <a@b.test>"), InlineData("a.@c.test"), InlineData("Foo > <a@b.test>")]
    public async Task CF_01_A_sender_that_no_mail_could_bear_stops_the_start(string sender)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", ("environment", "Production"), (Setting, sender)));
        Assert.StartsWith($"Accounts__Mail__From is \"{sender}\": write an address, or Name <address>", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@b.test", "a@b.test"), InlineData("<a@b.test>", "a@b.test"), InlineData("Acme Inc. <a@b.test>", "\"Acme Inc.\" <a@b.test>")]
    [InlineData("Acme, Inc. <a@b.test>", "\"Acme, Inc.\" <a@b.test>"), InlineData("\"Acme, Inc.\" <a@b.test>", "\"Acme, Inc.\" <a@b.test>")]
    [InlineData("\"Acme: Accounts\" <a@b.test>", "\"Acme: Accounts\" <a@b.test>")]
    public async Task A_sender_that_the_start_takes_is_the_sender_of_the_mails(string sender, string header)
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, sink.Plainly, (Setting, sender));
        using var client = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var mail = Assert.Single(await sink.WaitAsync(person.Email));
        Assert.Equal((header, "a@b.test"), (Assert.Single(mail.Headers("From")), mail.From));
    }

    [Theory]
    [InlineData("a.@c.test", "somebody@example.test", "Its sender \"a.@c.test\" is no address: correct Accounts__Mail__From.")]
    [InlineData("a@c.test", "some body@example.test", "It cannot be written as a mail: ")]
    public async Task DU_03_A_mail_that_cannot_be_written_is_given_up_with_what_is_wrong(string sender, string recipient, string reason)
    {
        using var smtp = new SmtpMailSender(Options.Create(new MailOptions { SmtpUrl = "smtp://localhost:1?tls=none" }), Options.Create(new SiteOptions()));
        var refused = await Assert.ThrowsAsync<UndeliverableException>(
            () => smtp.SendAsync(new MailMessage(Guid.NewGuid(), sender, recipient, "Hello", "Hello", "<p>Hello</p>"), CancellationToken.None));
        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
    }
}
