using System.Net.Mail;
using Accounts.Core.Users;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>What is an address: for sign-up and for whoever is mailed.</summary>
public sealed class EmailAddressTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly ApiClient client = shared.Server.Client();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string> Bad =>
    [
        "plain", "@b.test", "a@", "a@b", "a@@b.test", "a@b@c.test", "a b@c.test", "a@b c.test", "a,b@c.test", "a@b.test,c@d.test", "a@b.test, c@d.test", "a;b@c.test",
        "\"a b\"@c.test", "\"a\"@c.test", "a@[127.0.0.1]", "a@127.0.0.1", "Ada <a@b.test>", "<a@b.test>", "a(comment)@b.test", "a@b.test(comment)", ".a@b.test", "a.@b.test",
        "a..b@c.test", "a@.b.test", "a@b..test", "a@b.test.", "a@-b.test", "a@b-.test", "a@b_c.test", "a@b.123", "a\\@b@c.test", "a@b.test\r\nBcc: c@d.test", "a@b.test\nX", "a\t@b.test",
        "a@b.test\0", "a\u200d@b.test", "ä@b.test", "a@ｂ.test", "a＠b.test", "a@b。test", "a@b.test\u0085x", "a@b.te\u2028st", "a:b@c.test", "a[b]@c.test", "a@xn--.test",
        new string('a', 65) + "@b.test", "a@" + new string('b', 64) + ".test", "a@" + string.Concat(Enumerable.Repeat("bbbbbbbbb.", 26)) + "test",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task IV_03_What_is_no_plain_address_registers_nobody(string email)
    {
        var username = Some.Username();
        var answer = await client.RegisterAsync(username, email);
        Assert.Equal(400, answer.Status);
        Assert.NotEmpty(answer.Json.GetProperty("email")[0].GetString()!);
        Assert.Equal(0, await shared.Server.Database.CountAsync("users", "username = @username", ("username", username)));
        Assert.Equal(400, (await client.ResendAsync(email)).Status);
    }

    [Theory]
    [InlineData("a.b-c_d+e=f'g@sub.domain.test")]
    [InlineData("!#$%&*/?^`{|}~@b.test")]
    [InlineData("Ada@B.TEST")]
    [InlineData("a@bücher.test")]
    [InlineData("a@xn--bcher-kva.example")]
    [InlineData("1@2.test")]
    public async Task IV_03_An_unusual_address_gets_its_mail_at_exactly_that_address(string email)
    {
        email = $"{Guid.NewGuid():N}"[..8] + email;
        Assert.Equal(201, (await client.RegisterAsync(Some.Username(), email)).Status);
        await shared.Server.Mailbox.WaitAsync(email);
        Assert.True(MailAddress.TryCreate(email, out var read) && read.Address == email);
    }

    [Theory]
    [InlineData("ann+shop@example.test", "a…@example.test"), InlineData("a@bücher.test", "…@bücher.test")]
    public void A_masked_one_shows_its_domain_and_never_all_of_the_rest(string email, string masked) => Assert.Equal(masked, EmailAddress.Parse(email).Masked);

    [Fact]
    public async Task IV_03_Of_any_characters_thrown_together_only_one_recipient_can_come()
    {
        var random = new Random(1);
        const string alphabet = "ab@@..,;:<>()[]\"\\ \t\r\n+-_'%\u0000\u00e9\u212a\u3002";
        for (var i = 0; i < 300; i++)
        {
            var email = new string(random.GetItems<char>(alphabet, random.Next(3, 14))) + (i % 2 == 0 ? "@b.test" : "");
            var username = Some.Username();
            var answer = await client.RegisterAsync(username, email);
            Assert.Contains(answer.Status, new[] { 201, 400 });
            Assert.Equal(answer.Status == 201 ? 1 : 0, await shared.Server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", email.Trim().Replace("\0", ""))));
        }
    }
}
