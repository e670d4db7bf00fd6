using Accounts.Tests.Http.Recordings;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Sends the requests that the Django original was recorded with, and compares the answers.</summary>
[Trait("Pace", "long")]
public sealed class ReplayTests(Postgres postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_answer_is_the_recorded_one_or_differs_by_a_named_rule()
    {
        await using var provider = await ProviderDouble.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, provider.Settings);
        var report = await ReplayAsync(server, provider);
        output.WriteLine(report.ToString());
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "django-compatibility.md"), report.ToString());
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.Empty(report.UnusedDifferences);
        Assert.Empty(report.LeftOut);
        Assert.Equal(DjangoRecordings.Replayed.Count(), report.Equal + report.Different);
    }

    private static async Task<ReplayReport> ReplayAsync(TestServer server, ProviderDouble provider)
    {
        var (report, state, routes) = (new ReplayReport(), new ReplayState(server, provider), Routes(server));
        foreach (var row in DjangoRecordings.Replayed)
        {
            if (IsMissing(row, routes))
            {
                report.LeaveOut(row);
                continue;
            }
            await state.PrepareAsync(row);
            var answer = await RawHttp.SendAsync(server.Address, await state.FillAsync(row.Request));
            state.Learn(row, answer);
            report.Compare(row, answer.Reply);
        }
        return report;
    }

    /// <summary>Whether the original had a route that we do not have (yet). Paths that it did not know, and preflights of any, are answered by us, too.</summary>
    private static bool IsMissing(Recording row, List<TemplateMatcher> routes)
    {
        var path = Uri.UnescapeDataString(row.Request.Path.Split('?')[0]);
        return row.Response.Status != 404 && row.Header("Access-Control-Request-Method") is null
            && path.StartsWith("/api/", StringComparison.Ordinal) && routes.TrueForAll(route => !route.TryMatch(path, []));
    }

    private static List<TemplateMatcher> Routes(TestServer server) =>
        [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []))];
}
