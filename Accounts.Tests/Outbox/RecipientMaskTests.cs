using System.Globalization;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Outbox;

/// <summary>Whom a mail server speaks of stands in the row, and not in the log.</summary>
[Trait("Pace", "slow")]
public sealed class RecipientMaskTests(SinkServer shared) : IClassFixture<SinkServer>
{
    [Theory]
    [InlineData("550 5.1.1 <{0}@xn--mller-kva.test>: no such user", "550 5.1.1 <…>: no such user")]
    [InlineData("550 5.1.1 <{0}@MÜLLER.test>: no such user", "550 5.1.1 <…>: no such user")]
    [InlineData("550 5.1.1 No mailbox {0} here", "550 5.1.1 No mailbox … here")]
    [InlineData("550 5.1.1 <{0}>: unknown", "550 5.1.1 <…>: unknown")]
    [InlineData("550 5.1.1 \"{0}\"@elsewhere.test is unknown, and {0}box is nobody", "550 5.1.1 \"…\"@elsewhere.test is unknown, and {0}box is nobody")]
    public async Task DU_03_Whom_a_mail_server_speaks_of_is_not_in_the_log(string answer, string logged)
    {
        var (local, address) = await RegisterAsync(answer, tag: "");
        await shared.Server.Database.ExpectMailAsync(address, "state = 'abandoned' AND last_error LIKE '%refuses it: ' || @answer", Format(answer, local));
        await AssertLoggedAsync(address, Format(logged, local));
    }

    [Fact]
    public async Task DU_03_A_mailbox_is_masked_without_its_tag_too()
    {
        var (local, address) = await RegisterAsync("550 5.1.1 No mailbox {0} here", tag: "+news");
        var line = await AssertLoggedAsync(address, "550 5.1.1 No mailbox … here");
        Assert.DoesNotContain(local, line, StringComparison.Ordinal);
    }

    /// <summary>At a domain that is another one on the wire.</summary>
    private async Task<(string Local, string Address)> RegisterAsync(string answer, string tag)
    {
        using var client = shared.Server.Client();
        var person = Some.Person();
        var local = $"mask{Guid.NewGuid():N}";
        person = person with { Email = $"{local}{tag}@müller.test" };
        await shared.Sink.MisbehaveAsync(new MailSink.Fault(local, "recipient", 1, Format(answer, local)));
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return (local, person.Email);
    }

    private async Task<string> AssertLoggedAsync(string address, string words) =>
        await shared.Server.LoggedAsync("is given up", (await shared.Server.Database.MailIdAsync(address)).ToString(), words);

    private static string Format(string text, string local) => string.Format(CultureInfo.InvariantCulture, text, local);
}
