using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Deletion;

/// <summary>Where nobody is to wait.</summary>
public sealed class WithoutDelay(Postgres postgres) : SharedServer(postgres, ("Accounts:Deletion:Delay", "00:00:00"));

public sealed class DeletionDelayTests(WithoutDelay shared) : IClassFixture<WithoutDelay>
{
    [Fact]
    public async Task Without_a_delay_a_deletion_erases_at_once_and_its_mail_leaves_all_the_same()
    {
        using var client = shared.Server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        await Until.TrueAsync(async () => await shared.Server.Database.UsersAsync(person.Email) == 0, "it is erased");
        await shared.Server.Mailbox.WaitAsync(person.Email, 2);
        (await client.ReturnAsync(person)).AssertRefused(401, "invalid_credentials");
    }
}
