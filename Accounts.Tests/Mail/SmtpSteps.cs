using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>What the tests of delivery do and look at.</summary>
internal static class SmtpSteps
{
    /// <summary>Registers somebody whose address bears a word, so that the mail server can be told about it.</summary>
    public static Task<string> RegisterAsync(this ServerProcess server, string word = "somebody") => RegisterAsync(server.Client(), word);

    /// <inheritdoc cref="RegisterAsync(ServerProcess, string)"/>
    public static Task<string> RegisterAsync(this TestServer server, string word = "somebody") => RegisterAsync(server.Client(), word);

    private static async Task<string> RegisterAsync(ApiClient somebody, string word)
    {
        using var client = somebody;
        var username = Some.Username();
        var person = new Person(username, Some.Email($"{word}-{username}"), Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        return person.Email;
    }

    /// <summary>Waits until a mail's row is as expected.</summary>
    /// <param name="answer">for <c>@answer</c> in <paramref name="state"/></param>
    public static Task ExpectMailAsync(this TestDatabase database, string address, string state, string answer = "", TimeSpan? patience = null) => Until.TrueAsync(
        async () => await database.CountAsync("outbox_messages", $"recipient = @email AND {state}", ("email", address), ("answer", answer)) == 1, $"the mail to {address}: {state} {answer}", patience);

    /// <summary>A mail that has been put off is due now, and the one to somebody new wakes who finds it; that one has gone, so that it meets no fault of the next test.</summary>
    public static async Task HastenAsync(this ServerProcess server, string address)
    {
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND attempts > 0");
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET due_at = now() WHERE recipient = @email AND state = 'queued'", ("email", address));
        await server.Database.ExpectMailAsync(await server.RegisterAsync(), "state = 'sent'");
    }

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
