using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Tests.Docs;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>
/// Hostile texts in every place that the API's document names, and then some. Always the same ones, unless
/// <c>ACCOUNTS_FUZZ_SEED</c> says otherwise.
/// </summary>
[Trait("Pace", "slow")]
public sealed class FuzzTests(Postgres postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Shown = 20;

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("ACCOUNTS_FUZZ_REQUESTS") ?? "1000", CultureInfo.InvariantCulture);
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("ACCOUNTS_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    private TestServer server = null!;
    private ApiClient client = null!;
    private OpenApiDocument document = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Tokens:IntrospectionClients", $"{FuzzVisitor.Client}:{FuzzVisitor.Secret}"), ($"Accounts:Clients:{FuzzVisitor.Client}:Secret", FuzzVisitor.Secret), ("Accounts:EmailCodes:Enabled", "true"), ("Logging:LogLevel:Default", "Critical"));
        client = server.Client();
        document = await OpenApiDocument.ReadAsync(client);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task IV_02_No_hostile_text_in_any_place_gets_a_5xx_a_hang_or_an_answer_out_of_shape()
    {
        var bystander = await client.SignInSomebodyAsync();
        var before = (await client.MeAsync()).Text;
        var (run, watch) = (new FuzzRun(server, new FuzzJudge(document.ErrorCodes)), Stopwatch.StartNew());
        await run.SendAsync(new FuzzDeck(FuzzOperation.Of(document), Seed).Deal(Requests));
        output.WriteLine($"Seed {Seed}: {Requests} requests in {watch.Elapsed.TotalSeconds:F0} s, {string.Join(", ", run.Statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Assert.True(!run.Complaints.Any(), $"Seed {Seed}, {run.Complaints.Count()} complaints:\n{string.Join("\n", run.Complaints.Take(Shown))}");
        Assert.Superset(new HashSet<int> { 200, 201, 400, 401, 403, 404, 405, 413, 415 }, run.Statuses.Keys.ToHashSet());
        Assert.Equal(200, (await client.GetAsync("/readyz")).Status);
        Assert.Equal((200, before), ((await client.MeAsync()).Status, (await client.MeAsync()).Text));
        Assert.Equal(200, (await client.LoginAsync(bystander)).Status);
    }

    [Fact]
    public async Task IV_01_No_body_that_is_not_strict_JSON_is_read_by_any_operation()
    {
        foreach (var operation in FuzzOperation.Of(document).Where(operation => operation.Members.Count > 0))
        {
            var visitor = new FuzzVisitor(server);
            await visitor.ArriveAsync();
            // Who may not call an operation is refused before it reads anything.
            await server.Database.ExecuteAsync("UPDATE users SET email_verified = true, roles = '{admin}'");
            foreach (var body in FuzzBrokenBodies.NotJson(operation))
            {
                using var content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                var answer = await client.SendAsync(new HttpMethod(operation.Method), operation.Path, content, ("Authorization", visitor.Credentials(operation)));
                Assert.True(answer.Status == 400 && answer["code"] == "parse_error", $"{operation}, {body}: {answer}");
            }
        }
        Assert.Equal(0, await server.Database.CountAsync("users", "email = 'ann@example.test'"));
    }

    [Fact, Trait("Pace", "long")]
    public async Task IV_04_Scenario_14_Whatever_text_is_accepted_reads_back_equal_and_signs_in()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var (person, first, last) = (Some.Person() with { Password = FuzzCharacters.Text(random, 40) }, FuzzCharacters.Text(random), FuzzCharacters.Text(random));
            var registered = await SendJsonAsync("register", new { username = person.Username, email = person.Email, password = person.Password, first_name = first, last_name = last });
            Assert.True(registered.Status == 201, $"Seed {Seed}, round {round}, {JsonSerializer.Serialize(first)}: {registered}");
            client.Access = (await SendJsonAsync("login", new { username = person.Username, password = person.Password })).Access;
            var me = await client.MeAsync();
            Assert.Equal((first, last, person.Email), (me["first_name"], me["last_name"], me["email"]));
            Assert.Equal(1, await server.Database.CountAsync("users", "first_name = @first AND last_name = @last", ("first", first), ("last", last)));
        }
    }

    /// <summary>As UTF-8, not as escapes.</summary>
    private Task<Answer> SendJsonAsync(string action, object body) => client.SendAsync(HttpMethod.Post, $"/api/auth/{action}/", new StringContent(
        JsonSerializer.Serialize(body, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Encoding.UTF8, "application/json"));
}
