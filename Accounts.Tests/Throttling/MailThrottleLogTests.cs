using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>What a limit swallows is told to whoever runs the server, for the answer tells nobody.</summary>
[Trait("Pace", "long")]
public sealed class MailThrottleLogTests(Postgres postgres)
{
    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task XA_10_A_mail_that_a_limit_swallows_is_a_line_of_the_log_with_the_address_in_Development_alone(string environment, bool names)
    {
        await using var server = await ServerProcess.StartAsync(
            await postgres.CreateDatabaseAsync(), ("environment", environment), ("Accounts:Throttling:Enabled", "true"));
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await client.AskResetAsync(person.Email);
        await server.Database.WorkedOffAsync();
        await client.AskResetAsync(person.Email);
        var line = names ? $"A mail to {person.Email} (Reset) is not sent: " : "A mail (Reset) is not sent: ";
        await Until.TrueAsync(() => Task.FromResult(server.Output.Contains(line, StringComparison.Ordinal)), "the swallowed mail is logged");
        Assert.Matches("It may be asked for again in 00:0[01]:[0-5][0-9]", server.Output);
        Assert.Equal(names, server.Output.Contains(person.Email, StringComparison.Ordinal));
    }
}
