using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.NewDevices;

[Trait("Pace", "long")]
public sealed class NewDeviceBudgetTests(Postgres postgres)
{
    [Fact]
    public async Task LG_05_No_mails_that_others_ask_for_use_up_the_one_about_a_new_device()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:MailsPerMinute", "1"), ("Accounts:Throttling:MailsPerDay", "1"));
        using var client = server.Client(UserAgents.Firefox);
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        using var stranger = server.Client(UserAgents.Chrome);
        for (var asked = 0; asked < 3; asked++)
        {
            await stranger.AskResetAsync(person.Email);
            await stranger.ResendAsync(person.Email);
        }
        await server.Database.WorkedOffAsync();
        await stranger.SignInAsync(person);
        await Until.TrueAsync(() => Task.FromResult(server.Mailbox.To(person.Email).Exists(mail => mail.Subject.StartsWith("A new device", StringComparison.Ordinal))), "the mail about a new device");
    }
}
