using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Deletion;

/// <summary>Where nobody is to wait.</summary>
public sealed class WithoutDelay(Postgres postgres) : SharedServer(postgres, ("Accounts:Deletion:Delay", "00:00:00"));

public sealed class DeletionDelayTests(WithoutDelay shared) : IClassFixture<WithoutDelay>
{
    [Fact]
    public async Task SG_08_Without_a_delay_a_deletion_erases_when_it_cannot_be_a_thiefs_any_more()
    {
        using var client = shared.Server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        var told = await shared.Server.Mailbox.WaitAsync(person.Email, 2);
        var refusal = await client.LoginAsync(person);
        refusal.AssertRefused(403, "account_deleted");
        Assert.EndsWith("Z", refusal["restore_until"], StringComparison.Ordinal);
        var until = DateTimeOffset.Parse(refusal["restore_until"]!, CultureInfo.InvariantCulture);
        Assert.InRange(until, DateTimeOffset.UtcNow + TimeSpan.FromDays(6.9), DateTimeOffset.UtcNow + TimeSpan.FromDays(7));
        Assert.Contains($"Sign in before {until:d MMMM yyyy, HH:mm} (UTC)", told.Text, StringComparison.Ordinal);
        var back = await client.ReturnAsync(person);
        Assert.Equal("true", back["restored"]);
        client.Access = back.Access;
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        await shared.Server.EraseAllAsync();
        Assert.Equal(1, await shared.Server.Database.UsersAsync(person.Email));
        await shared.Server.Database.LetTimeRunOutAsync(person);
        await shared.Server.EraseAllAsync();
        Assert.Equal(0, await shared.Server.Database.UsersAsync(person.Email));
        (await client.ReturnAsync(person)).AssertRefused(401, "invalid_credentials");
    }
}
