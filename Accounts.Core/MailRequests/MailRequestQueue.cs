using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Npgsql;

namespace Accounts.Core.MailRequests;

/// <summary>
/// Takes requests for mails: one insert, whoever the address. Nothing is looked up and nothing unique is in its way, so that neither a lock
/// nor the time of the answer tells whether somebody has it; who it is, and whether the limit admits the mail, is the worker's to find.
/// </summary>
public sealed class MailRequestQueue(NpgsqlDataSource database, MailRequestBacklog backlog, SecretBox box, KnownDevices devices, TimeProvider time)
{
    private const string Insert = """
        INSERT INTO mail_requests (id, purpose, key, network, known, payload) VALUES (@id, @purpose, @key, @network, @known, @payload)
        """;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <exception cref="UnavailableException">too many wait, whatever the address</exception>
    public Task AskAsync(MailPurpose purpose, AskedMail mail, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(purpose, mail, cancellation), cancellation);

    private async Task<int> AddAsync(MailPurpose purpose, AskedMail mail, CancellationToken cancellation)
    {
        if (backlog.IsFull)
        {
            throw new UnavailableException(RetryAfter);
        }
        var browser = devices.NameOf(mail.Device.Cookie);
        await using var command = Command(MailRequest.Of(purpose, mail, browser, box, time.GetUtcNow()));
        var added = await command.ExecuteNonQueryAsync(cancellation);
        backlog.Wake();
        return added;
    }

    private NpgsqlCommand Command(MailRequest request)
    {
        var command = database.CreateCommand(Insert);
        command.Parameters.AddWithValue("id", request.Id);
        command.Parameters.AddWithValue("purpose", MailRequest.Word(request.Purpose));
        command.Parameters.AddWithValue("key", request.Key);
        command.Parameters.AddWithValue("network", request.Network);
        command.Parameters.AddWithValue("known", request.Known);
        command.Parameters.AddWithValue("payload", request.Payload);
        return command;
    }
}
