using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server may say anything: its words can be recorded, and command no terminal.</summary>
[Trait("Pace", "slow")]
public sealed class ServerWordsTests(SinkServer shared) : IClassFixture<SinkServer>
{
    [Theory]
    [InlineData("550 5.1.1 a\u0000b", "550 5.1.1 a b"), InlineData("550 5.1.1 \u001b[2Ja\u0007 b\u009b1m\u202ec", "550 5.1.1 [2Ja b 1m c")]
    public async Task DU_03_What_a_server_says_to_the_console_or_that_no_row_takes_is_left_out_of_a_refusal(string answer, string words)
    {
        var refused = await RegisterAsync(answer);
        await shared.Server.Database.ExpectMailAsync(refused, "state = 'abandoned' AND attempts = 1 AND payload IS NULL AND last_error LIKE '%refuses it: ' || @answer", words);
        await AssertLoggedAsync(refused, words);
    }

    [Theory]
    [InlineData("451 4.7.1 a\u0000b", "451 4.7.1 a b"), InlineData("451 4.7.1 \u001b[2Ja\u0007b", "451 4.7.1 [2Ja b")]
    public async Task DU_03_What_a_server_says_to_the_console_or_that_no_row_takes_is_left_out_of_a_delay(string answer, string words)
    {
        var delayed = await RegisterAsync(answer);
        await AssertLoggedAsync(delayed, words);
        await shared.Sink.WaitAsync(delayed);
        await shared.Server.Database.ExpectMailAsync(delayed, "state = 'sent' AND attempts = 2");
    }

    /// <summary>With one more before it, so that in one of the two a character stands across the place of the cut, whatever the words before are.</summary>
    [Theory]
    [InlineData(390), InlineData(391)]
    public async Task DU_03_A_character_of_two_halves_where_the_words_are_cut_is_recorded_whole(int before)
    {
        var refused = await RegisterAsync($"550 5.1.1 {new string('x', before)}{string.Concat(Enumerable.Repeat("\U0001F4A3", 100))}");
        await shared.Server.Database.ExpectMailAsync(refused, "state = 'abandoned' AND attempts = 1 AND length(last_error) = 500 AND right(last_error, 1) = @answer", "\U0001F4A3");
    }

    private async Task<string> RegisterAsync(string answer)
    {
        var word = $"words{Guid.NewGuid():N}";
        await shared.Sink.MisbehaveAsync(new MailSink.Fault(word, "recipient", 1, answer));
        return await shared.Server.RegisterAsync(word);
    }

    private async Task AssertLoggedAsync(string address, string words)
    {
        var line = await shared.Server.LoggedAsync((await shared.Server.Database.MailIdAsync(address)).ToString(), words);
        Assert.DoesNotContain(line, char.IsControl);
    }
}
