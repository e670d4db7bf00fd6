using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Accounts.Core.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>From the request that ends something until services refuse the token, with few and many of them; and what they cost <c>me</c>.</summary>
internal sealed class Feed(Stage stage, Results results)
{
    private const string Name = "bench_feed", Client = "bench", Secret = "only for measuring: a secret of a service";
    private const int Acts = 40;
    private static readonly int[] Followers = [1, 10, 100];

    private readonly Queue<string> tokens = [];
    private Database database = null!;
    private HttpClient http = null!;
    private string admin = "";

    private (string Name, Func<JsonElement, string, Task> Do)[] Ends =>
    [
        ("a sign-out", (_, token) => SendAsync(HttpMethod.Post, "/api/auth/token/revoke/", new { token })),
        ("a reset", async (claims, _) => await SendAsync(HttpMethod.Post, "/api/auth/password/reset/confirm/", new { token = await PlantResetAsync(claims), new_password = "another-horse-9" })),
        ("a change of roles", (claims, _) => SendAsync(HttpMethod.Put, $"/api/admin/users/{claims.GetProperty("user_id").GetString()}/roles/", new { roles = new[] { "editor" } })),
    ];

    public async Task MeasureAsync()
    {
        database = await stage.CopyAsync(Stage.Small, Name);
        admin = await AdministratorAsync();
        await using var server = await stage.ServerAsync(Name, ("Accounts__Tokens__IntrospectionClients", $"{Client}:{Secret}"));
        http = new HttpClient { BaseAddress = server.Address };
        await CostAsync(server);
        // Of each user but the administrator one: what has ended already, or is so already, ends no more.
        foreach (var line in File.ReadLines(stage.Tokens(Stage.Small) + ".access").Reverse().DistinctBy(UserOf).Where(token => UserOf(token) != UserOf(admin)))
        {
            tokens.Enqueue(line);
        }
        foreach (var count in Followers)
        {
            await using var followers = await FollowersOf.StartAsync(server.Address, Client, Secret, count);
            foreach (var (act, end) in Ends)
            {
                results.Add($"feed: from {act} to the refusal at each of {count} services", "p99 5 s", await TimeAsync(followers, end), reference: 0, "ms");
            }
        }
        http.Dispose();
    }

    /// <summary>Of 1,000 sessions in use, whose tokens are not among those that end.</summary>
    private async Task CostAsync(Child server)
    {
        await MeAsync(server, Load.WarmUp);
        var before = await MeAsync(server, stage.Seconds);
        Load beside;
        await using (await FollowersOf.StartAsync(server.Address, Client, Secret, Followers[^1]))
        {
            beside = await MeAsync(server, stage.Seconds);
        }
        results.Add($"feed: `me` while {Followers[^1]} services follow, against none", "0.98", beside, Load.Mean(before, await MeAsync(server, stage.Seconds)));
    }

    private Task<Load> MeAsync(Child server, int seconds) =>
        Load.RunAsync("me.lua", server.Address, 1, 32, seconds, ("TOKENS", stage.Tokens(Stage.Small) + ".access"), ("SESSIONS", "1000"));

    private async Task<Load> TimeAsync(FollowersOf followers, Func<JsonElement, string, Task> end)
    {
        var times = new List<double>();
        for (var n = 0; n < Acts; n++)
        {
            var token = tokens.Dequeue();
            var claims = ClaimsOf(token);
            var refused = followers.ExpectAsync(claims);
            var began = Stopwatch.GetTimestamp();
            await end(claims, token);
            times.AddRange((await refused.WaitAsync(TimeSpan.FromSeconds(30))).Select(at => Stopwatch.GetElapsedTime(began, at).TotalMilliseconds));
            // Not in step with whoever looks for what is new.
            await Task.Delay(Random.Shared.Next(250));
        }
        return Load.Of(times, Results.Median(times), bad: 0);
    }

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = path.StartsWith("/api/admin/", StringComparison.Ordinal) ? new AuthenticationHeaderValue("Bearer", admin) : null;
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static JsonElement ClaimsOf(string token) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;

    private static string UserOf(string token) => ClaimsOf(token).GetProperty("user_id").GetString()!;

    private async Task<string> PlantResetAsync(JsonElement claims)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await database.ExecuteAsync($"""
            INSERT INTO email_verification_tokens (id, user_id, email, purpose, token_hash, attempts, expires_at)
            SELECT gen_random_uuid(), id, email, 'reset', '\x{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)))}'::bytea, 0, clock_timestamp() + interval '30 minutes'
            FROM users WHERE id = '{claims.GetProperty("user_id").GetString()}'
            """);
        return token;
    }

    private async Task<string> AdministratorAsync()
    {
        await using var server = Accounts.Api.Program.Build(stage.Arguments(Name));
        await server.PrepareAsync();
        var claims = ClaimsOf(File.ReadLines(stage.Tokens(Stage.Small) + ".access").First());
        var (user, session) = (claims.GetProperty("sub").GetGuid(), claims.GetProperty("sid").GetGuid());
        await database.ExecuteAsync($"UPDATE users SET roles = '{"{admin}"}' WHERE id = '{user}'");
        return server.App.Services.GetRequiredService<AccessTokenSigner>().Sign(new AccessTokenSubject(user, session, DateTimeOffset.UtcNow, ["pwd"], ["admin"], true), TimeSpan.FromHours(1));
    }

    /// <summary>So many services, each with a request of its own that waits, and all of them here.</summary>
    private sealed class FollowersOf : IAsyncDisposable
    {
        private readonly CancellationTokenSource ends = new();
        private readonly HttpClient http;
        private readonly int count;
        private readonly ConcurrentDictionary<int, long> refused = [];
        private List<Task> running = [];
        private (string Session, string User, long Version) expected;
        private TaskCompletionSource<long[]> all = new();
        private int ready;

        private FollowersOf(HttpClient http, int count) => (this.http, this.count) = (http, count);

        public static async Task<FollowersOf> StartAsync(Uri server, string client, string secret, int count)
        {
            var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = count }) { BaseAddress = server };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));
            var followers = new FollowersOf(http, count);
            followers.running = [.. Enumerable.Range(0, count).Select(followers.FollowAsync)];
            while (Volatile.Read(ref followers.ready) < count)
            {
                await Task.Delay(20);
            }
            return followers;
        }

        /// <returns>when each of them has learned of it</returns>
        public Task<long[]> ExpectAsync(JsonElement claims)
        {
            refused.Clear();
            (all, expected) = (new(TaskCreationOptions.RunContinuationsAsynchronously), (claims.GetProperty("sid").GetString()!, claims.GetProperty("user_id").GetString()!, claims.GetProperty("ver").GetInt64()));
            return all.Task;
        }

        private async Task FollowAsync(int follower)
        {
            var cursor = "kept";
            for (var isFirst = true; !ends.IsCancellationRequested; isFirst = false)
            {
                try
                {
                    using var answer = await http.GetFromJsonAsync<JsonDocument>($"/api/auth/ended-sessions/?after={cursor}&wait=15", ends.Token);
                    cursor = answer!.RootElement.GetProperty("cursor").GetString()!;
                    if (isFirst)
                    {
                        Interlocked.Increment(ref ready);
                    }
                    else if (answer.RootElement.GetProperty("ended").EnumerateArray().Any(Refuses))
                    {
                        Told(follower);
                    }
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }

        private bool Refuses(JsonElement entry) => entry.TryGetProperty("sid", out var sid)
            ? sid.GetString() == expected.Session
            : entry.GetProperty("user_id").GetString() == expected.User && expected.Version < entry.GetProperty("below").GetInt64();

        private void Told(int follower)
        {
            if (refused.TryAdd(follower, Stopwatch.GetTimestamp()) && refused.Count == count)
            {
                all.TrySetResult([.. refused.Values]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await ends.CancelAsync();
            await Task.WhenAll(running);
            http.Dispose();
            ends.Dispose();
        }
    }
}
