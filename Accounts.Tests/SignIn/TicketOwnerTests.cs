using System.Reflection;
using Accounts.Api;
using Accounts.Api.Http;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>A ticket, and beside it the access token of somebody else: one rule wherever a ticket is taken.</summary>
[Trait("Pace", "slow")]
public sealed class TicketOwnerTests(PolicyServers shared) : IClassFixture<PolicyServers>
{
    private enum Kind
    {
        Enrolment,
        SecondFactor,

        /// <summary>Of who has no account yet: it is nobody's.</summary>
        Address,
    }

    private static readonly object Nonsense = new { };

    private static readonly Dictionary<string, (Kind Kind, Func<string, object> Body)> Routes = new()
    {
        ["api/auth/factors/totp/begin"] = (Kind.Enrolment, ticket => new { ticket, mail_code = "12345678" }),
        ["api/auth/factors/totp/confirm"] = (Kind.Enrolment, ticket => new { ticket, code = "123456" }),
        ["api/auth/factors/passkeys/begin"] = (Kind.Enrolment, ticket => new { ticket, mail_code = "12345678" }),
        ["api/auth/factors/passkeys/finish"] = (Kind.Enrolment, ticket => new { ticket, state = new string('x', 43), passkey = Nonsense }),
        ["api/auth/login/enrolment/mail"] = (Kind.Enrolment, ticket => new { ticket }),
        ["api/auth/login/second-factor"] = (Kind.SecondFactor, ticket => new { ticket, code = "123456" }),
        ["api/auth/login/passkey/begin"] = (Kind.SecondFactor, ticket => new { ticket }),
        ["api/auth/social/complete"] = (Kind.Address, ticket => new { ticket, email = Some.Email() }),
        ["api/auth/social/complete/confirm"] = (Kind.Address, ticket => new { ticket, code = "123456" }),
    };

    private readonly TestServer before = shared.Server, server = shared.For("everybody");

    /// <summary>Whatever takes a ticket, found by the member of its body.</summary>
    private static IEnumerable<string> Found() =>
        from controller in typeof(Program).Assembly.GetTypes()
        where controller.IsSubclassOf(typeof(ControllerBase))
        from action in controller.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where action.GetParameters().Select(parameter => parameter.GetCustomAttribute<FormAttribute>()).Any(form => form?.RequestType.GetProperty("Ticket") is not null)
        let root = controller.GetCustomAttribute<RouteAttribute>()!.Template
        let rest = action.GetCustomAttributes<HttpMethodAttribute>().Single().Template
        select rest is null ? root : $"{root}/{rest}";

    public static TheoryData<string> Taking => [.. Routes.Where(route => route.Value.Kind != Kind.Address).Select(route => route.Key)];

    [Fact]
    public void SG_04_Every_route_that_takes_a_ticket_is_tried() =>
        Assert.Equal(Routes.Keys.Order(StringComparer.Ordinal), Found().Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Taking))]
    public async Task SG_04_A_ticket_beside_the_access_token_of_somebody_else_is_refused_and_nothing_is_done(string route)
    {
        var (kind, body) = Routes[route];
        using var owner = before.Client();
        using var browser = server.Client();
        using var stranger = before.Client();
        var person = await before.SignInVerifiedAsync(owner);
        var somebody = await before.SignInVerifiedAsync(stranger);
        if (kind == Kind.SecondFactor)
        {
            await owner.EnrolAsync();
        }
        var ticket = kind == Kind.Enrolment ? await browser.EnrolmentTicketAsync(person) : await browser.TicketAsync(person);
        await GoOnAsync(owner);
        await GoOnAsync(stranger);
        var state = await StateAsync(person, somebody);
        (await stranger.PostAsync($"/{route}/", body(ticket))).AssertBody(
            400, """{"detail":"This ticket is of another user than the access token. Send it without the token.","code":"ticket_of_another_user"}""");
        Assert.Equal(state, await StateAsync(person, somebody));
        Assert.Empty(before.EnrolmentMails(person));

        // One's own is no reason, and neither is one that is good for nothing.
        Assert.NotEqual("ticket_of_another_user", (await owner.PostAsync($"/{route}/", body(ticket)))["code"]);
        (await stranger.PostAsync($"/{route}/", body(new string('x', 43)))).AssertRefused(401, "invalid_ticket");
        Assert.Equal(await server.Database.DumpOfFactorsAsync(somebody), state.Somebody);
    }

    [Theory, InlineData("api/auth/social/complete"), InlineData("api/auth/social/complete/confirm")]
    public async Task A_ticket_of_nobody_is_what_it_is_whoever_is_signed_in(string route)
    {
        using var client = server.Client();
        using var signedIn = before.Client();
        await before.SignInVerifiedAsync(signedIn);
        await GoOnAsync(signedIn);
        foreach (var who in new[] { client, signedIn })
        {
            (await who.PostAsync($"/{route}/", Routes[route].Body(new string('x', 43)))).AssertRefused(400, "invalid_token");
        }
    }

    /// <summary>Where the policy is another.</summary>
    private async Task GoOnAsync(ApiClient client)
    {
        client.Address = server.Address;
        client.Access = (await client.RefreshAsync()).Access;
    }

    private async Task<(string Person, string Somebody, string Tickets)> StateAsync(Person person, Person somebody) => (
        await server.Database.DumpOfFactorsAsync(person), await server.Database.DumpOfFactorsAsync(somebody), await server.Database.TokensOfAsync(person));
}
