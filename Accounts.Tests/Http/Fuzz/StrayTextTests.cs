using Accounts.Tests.Docs;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>What is no text, or hardly, in every string, parameter, header, cookie and segment of every operation that the API's document has: all of them, where the fuzz draws.</summary>
[Trait("Pace", "long")]
public sealed class StrayTextTests(Postgres postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly FuzzText[] Texts =
    [
        FuzzText.Of("a\0b"), FuzzText.OfToken("\"\\ud800\""), FuzzText.OfToken("\"a\\udc00b\""), FuzzText.Of("\ufffe"), FuzzText.Of("\u202eada"), FuzzText.Of("👩‍👩‍👧😀"), FuzzText.Of("a" + new string('\u0301', 1000)),
        FuzzText.OfBytes(0x61, 0xFF, 0xC0, 0xAF), FuzzText.OfBytes(0xED, 0xA0, 0x80), FuzzText.Of("\ufeffada"),
    ];

    private TestServer server = null!;
    private FuzzOperation[] operations = [];
    private string[] codes = [];

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Tokens:IntrospectionClients", $"{FuzzVisitor.Client}:{FuzzVisitor.Secret}"), ("Logging:LogLevel:Default", "Critical"));
        using var client = server.Client();
        var document = await OpenApiDocument.ReadAsync(client);
        (operations, codes) = (FuzzOperation.Of(document), [.. document.ErrorCodes]);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task IV_02_Scenario_14_No_stray_text_in_any_place_of_any_operation_gets_a_5xx_or_an_answer_out_of_shape()
    {
        Assert.Superset(
            new HashSet<string> { "/api/auth/password/reset/confirm/", "/api/auth/email/change/", "/api/auth/security/recover/", "/api/auth/me/erase/", "/api/auth/social/apple/notices/" },
            operations.Select(operation => operation.Path).ToHashSet());
        var run = new FuzzRun(server, new FuzzJudge(codes));
        FuzzPlan[] plans = [.. operations.SelectMany(Plans)];
        await run.SendAsync(plans);
        output.WriteLine($"{plans.Length} requests, {string.Join(", ", run.Statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {pair.Key}"))}");
        Assert.True(!run.Complaints.Any(), $"{run.Complaints.Count()} complaints:\n{string.Join("\n", run.Complaints.Take(20))}");
        using var client = server.Client();
        await client.SignInSomebodyAsync();
    }

    private static IEnumerable<FuzzPlan> Plans(FuzzOperation operation) =>
        from text in Texts
        from place in Places(operation)
        from type in place.Place == FuzzPlace.Member ? FuzzOperation.MediaTypes.Take(2) : FuzzOperation.MediaTypes.Take(1)
        select new FuzzPlan(operation, type, [new FuzzMutation(place.Place, place.Name, text)]);

    private static IEnumerable<(FuzzPlace Place, string Name)> Places(FuzzOperation operation) =>
    [
        .. operation.Members.Keys.Select(member => (FuzzPlace.Member, member)), .. operation.Parameters,
        (FuzzPlace.Segment, $"{operation.Segments.Length - 1}"), (FuzzPlace.Query, "token"), (FuzzPlace.Cookie, "refresh_token"), (FuzzPlace.Header, "User-Agent"),
    ];
}
