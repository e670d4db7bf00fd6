using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>What the tests of delivery do and look at.</summary>
internal static class SmtpSteps
{
    /// <summary>Registers somebody whose address bears a word, so that the mail server can be told about it.</summary>
    public static async Task<string> RegisterAsync(this ServerProcess server, string word = "somebody")
    {
        using var client = server.Client();
        var username = Some.Username();
        var person = new Person(username, Some.Email($"{word}-{username}"), Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return person.Email;
    }

    /// <summary>Waits until a mail's row is as expected.</summary>
    /// <param name="answer">for <c>@answer</c> in <paramref name="state"/></param>
    public static Task ExpectMailAsync(this TestDatabase database, string address, string state, string answer = "", TimeSpan? patience = null) => Until.TrueAsync(
        async () => await database.CountAsync("outbox_messages", $"recipient = @email AND {state}", ("email", address), ("answer", answer)) == 1, $"the mail to {address}: {state} {answer}", patience);

    public static Task<Guid> MailIdAsync(this TestDatabase database, string address) =>
        database.ScalarAsync<Guid>("SELECT id FROM outbox_messages WHERE recipient = @email", ("email", address));

    /// <summary>Waits for a line in the log, and returns it.</summary>
    public static async Task<string> LoggedAsync(this ServerProcess server, params string[] words)
    {
        string? line = null;
        await Until.TrueAsync(() => Task.FromResult((line = Find(server.Output, words)) is not null), $"the log says {string.Join(" ", words)}");
        return line!;
    }

    private static string? Find(string output, string[] words) =>
        output.Split('\n').FirstOrDefault(line => words.All(word => line.Contains(word, StringComparison.Ordinal)));
}
