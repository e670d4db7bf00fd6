using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail server may say anything: its words can be recorded, and command no terminal.</summary>
[Trait("Pace", "slow")]
public sealed class ServerWordsTests(SinkServer shared) : IClassFixture<SinkServer>
{
    [Theory]
    [InlineData("550 5.1.1 \u001b[2Ja\u0007 b\u009b1m\u202ec", "550 5.1.1 [2Ja b 1m c")]
    [InlineData("550 5.1.1 a\u2028{\"level\": 1}\r\nb", "550 5.1.1 a {\"level\": 1} b")]
    public async Task LG_03_What_a_mail_server_says_commands_no_terminal_and_stays_on_its_line(string answer, string words)
    {
        var refused = await RegisterAsync(answer);
        await ExpectAbandonedAsync(refused, words);
        var line = await shared.Server.LoggedAsync((await shared.Server.Database.MailIdAsync(refused)).ToString(), words);
        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public async Task DU_03_A_zero_byte_in_a_refusal_is_left_out() => await ExpectAbandonedAsync(await RegisterAsync("550 5.1.1 a\0b"), "550 5.1.1 a b");

    [Fact]
    public async Task DU_03_A_zero_byte_in_a_delay_is_left_out_and_the_mail_is_tried_again()
    {
        var delayed = await RegisterAsync("451 4.7.1 a\0b");
        await shared.Server.LoggedAsync((await shared.Server.Database.MailIdAsync(delayed)).ToString(), "451 4.7.1 a b");
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

    private Task ExpectAbandonedAsync(string address, string words) => shared.Server.Database.ExpectMailAsync(
        address, "state = 'abandoned' AND attempts = 1 AND payload IS NULL AND last_error LIKE '%refuses it: ' || @answer", words);
}
