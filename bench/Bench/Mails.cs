using System.Diagnostics;
using System.Net.Http.Json;

namespace Bench;

/// <summary>Registering while the mail server is up and while it is down, and how fast a full outbox empties.</summary>
internal sealed class Mails(Stage stage, Results results)
{
    private const int Registrations = 60;
    private const int Queued = 2000, QueuedForSlow = 300;

    public async Task MeasureAsync()
    {
        using var sink = new MailSink();
        await using (var up = await stage.ServerAsync(Stage.Small, ("Accounts__Mail__SmtpUrl", sink.Url)))
        await using (var down = await stage.ServerAsync(Stage.Small))
        {
            await RegisterAsync(up, down, Registrations / 4);
            var (withMail, without) = await RegisterAsync(up, down, Registrations);
            results.AddRatio("registration with the mail server down, against it up (medians)", "as with it up", "ms", without, withMail);
        }
        results.AddValue("mails a second through to an SMTP server", "200", "/s", await EmptyOutboxAsync(sink, Queued));
        using var slow = new MailSink { Pace = TimeSpan.FromMilliseconds(250) };
        results.AddValue("mails a second through to an SMTP server that takes 250 ms for each", "24", "/s", await EmptyOutboxAsync(slow, QueuedForSlow));
    }

    /// <summary>In turn, so that the machine's moods hit both.</summary>
    private static async Task<(double Up, double Down)> RegisterAsync(Child up, Child down, int count)
    {
        var (times, timesDown) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            times.Add(await RegisterAsync(up));
            timesDown.Add(await RegisterAsync(down));
        }
        return (Results.Median(times), Results.Median(timesDown));
    }

    private static async Task<double> RegisterAsync(Child server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var name = $"r{Guid.NewGuid():N}";
        var clock = Stopwatch.StartNew();
        using var answer = await http.PostAsJsonAsync("/api/auth/register/", new { username = name, email = $"{name}@example.test", password = Seed.Password });
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalMilliseconds;
    }

    private async Task<double> EmptyOutboxAsync(MailSink sink, int count)
    {
        await stage.Data(Stage.Small).ExecuteAsync("DELETE FROM outbox_messages");
        await Seed.QueueMailsAsync(count, stage.Arguments(Stage.Small));
        sink.Forget();
        await using var server = await stage.ServerAsync(Stage.Small, ("Accounts__Mail__SmtpUrl", sink.Url));
        for (var waited = Stopwatch.StartNew(); sink.Received < count && waited.Elapsed < TimeSpan.FromMinutes(2);)
        {
            await Task.Delay(20);
        }
        return (sink.Received - 1) / sink.Between.TotalSeconds;
    }
}
