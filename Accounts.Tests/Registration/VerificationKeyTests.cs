using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class VerificationKeyTests(Postgres postgres)
{
    private const string NextKey = "the next secret key of the tests and long enough too";

    [Theory]
    [InlineData(TestSettings.SecretKey, 200)]
    [InlineData("", 400)]
    public async Task A_mailed_code_outlives_a_change_of_the_secret_key_while_the_previous_one_is_listed(string previous, int status)
    {
        await using var before = await TestServer.StartAsync(postgres);
        using var client = before.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await before.Mailbox.WaitAsync(person.Email));
        await before.Database.ExecuteAsync("DELETE FROM signing_keys");
        await using var after = await TestServer.StartOnAsync(before.Database.ConnectionString,
            ("Accounts:SecretKey", NextKey), ("Accounts:PreviousSecretKeys", previous));
        client.Address = after.Address;
        Assert.Equal(status, (await client.VerifyByCodeAsync(person.Email, code)).Status);
        Assert.Equal(status == 200, await after.Database.IsVerifiedAsync(person));
    }
}
