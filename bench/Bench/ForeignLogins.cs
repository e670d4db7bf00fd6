using System.Diagnostics;
using System.Net.Http.Json;

namespace Bench;

/// <summary>Signing in one after another by a hash of each kind that comes from somewhere else: the first time, which makes it one of ours.</summary>
internal sealed class ForeignLogins(Stage stage, Results results)
{
    private const int Warm = 10, Counted = 20;

    private string Vectors => Path.Combine(stage.Root, "Accounts.Tests", "Passwords", "hash-vectors.tsv");

    public async Task MeasureAsync()
    {
        await using var server = await stage.ServerAsync(Stage.Small);
        using var http = new HttpClient { BaseAddress = server.Address };
        var hash = await stage.Data(Stage.Small).TextAsync("SELECT password_hash FROM users WHERE username = 'u1'");
        await SignInAsync(http, Seed.Password, Warm);
        var own = await MeasureAsync(http, "our own (Argon2id of 19 MiB, 2 passes)", hash, Seed.Password, reference: 0);
        foreach (var (name, password, foreign) in Kinds())
        {
            await MeasureAsync(http, name, foreign, password, own);
        }
        await stage.Data(Stage.Small).ExecuteAsync($"UPDATE users SET password_hash = '{hash}'");
        results.AddValue("foreign: memory of the server (PSS) afterwards", "", "MB", server.Pss());
    }

    /// <returns>the median, in milliseconds</returns>
    private async Task<double> MeasureAsync(HttpClient http, string name, string hash, string password, double reference)
    {
        await stage.Data(Stage.Small).ExecuteAsync($"UPDATE users SET password_hash = '{hash}'");
        var (times, bad) = await SignInAsync(http, password, Counted);
        var (p50, p99) = (times[times.Count / 2], times[(int)(0.99 * (times.Count - 1))]);
        results.Add($"foreign: first sign-in by {name}, against one by our own hash", "", new Load(p50, 1, TimeSpan.FromMilliseconds(p50), TimeSpan.FromMilliseconds(p99), bad), reference, "ms");
        return p50;
    }

    /// <summary>A user each, for at the second sign-in it is our own hash.</summary>
    private static async Task<(List<double> Times, int Bad)> SignInAsync(HttpClient http, string password, int count)
    {
        var (times, bad) = (new List<double>(), 0);
        for (var n = 1; n <= count; n++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await http.PostAsJsonAsync("/api/auth/login/", new { username = $"u{n}", password });
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
            bad += answer.IsSuccessStatusCode ? 0 : 1;
        }
        times.Sort();
        return (times, bad);
    }

    /// <summary>Of the vectors that the tests have, one of each way to compute it.</summary>
    private IEnumerable<(string Name, string Password, string Hash)> Kinds() => File.ReadLines(Vectors)
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
        .Select(cells => (Name: Name(cells[0], cells[2]), Password: cells[1], Hash: cells[0] == "sha256hex" ? $"sha256hex${cells[2]}" : cells[2]))
        .DistinctBy(kind => kind.Name);

    /// <summary>What it is called, and what it costs.</summary>
    private static string Name(string format, string hash)
    {
        var parts = hash.Split('$', ':');
        var cost = parts.FirstOrDefault(part => part.StartsWith("m=", StringComparison.Ordinal))
            ?? (format is "django.scrypt" || hash.StartsWith("scrypt:", StringComparison.Ordinal) ? $"scrypt, N={parts[1]}"
            : hash.StartsWith("pbkdf2", StringComparison.Ordinal) ? string.Join(' ', parts.TakeWhile(part => part.Length < 14).Take(3))
            : format.Contains("bcrypt", StringComparison.Ordinal) ? $"cost {parts.First(part => part is [_, _] && int.TryParse(part, out _))}"
            : null);
        return cost is null ? format : $"{format} ({cost})";
    }
}
