using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Accounts.Tests.TrustedDevices;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Each way in, by each state of the second factor, each policy, and each way that a session's token travels.</summary>
[Trait("Pace", "slow")]
public sealed class WayMatrixTests(PolicyServers shared) : IClassFixture<PolicyServers>
{
    private const string None = "none", Factor = "a factor", Trusted = "a trusted device";

    private static readonly Dictionary<string, Type> Ways = typeof(IWayIn).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IWayIn)) && !type.IsAbstract).ToDictionary(type => type.Name);

    public static TheoryData<string, string, string, string> Matrix
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var way in Ways.Keys.Order(StringComparer.Ordinal))
            {
                foreach (var state in new[] { None, Factor, Trusted })
                {
                    foreach (var policy in new[] { "never", "admins", "everybody" })
                    {
                        rows.Add(way, state, policy, "cookie");
                        foreach (var transport in new[] { "body", "session", "session-body" })
                        {
                            rows.Add(new TheoryDataRow<string, string, string, string>(way, state, policy, transport).WithTrait("Pace", "long"));
                        }
                    }
                }
            }
            return rows;
        }
    }

    /// <summary>Where administrators must have one, the user is an administrator.</summary>
    [Theory, MemberData(nameof(Matrix))]
    public async Task MF_06_A_way_in_signs_in_who_needs_no_second_factor_and_gives_a_ticket_to_who_has_or_must_have_one(string way, string state, string policy, string transport)
    {
        var (before, server) = (shared.Server, shared.For(policy));
        using var owner = before.Client();
        using var browser = server.Client();
        var person = await before.SignInVerifiedAsync(owner);
        var enrolled = state == None ? null : await owner.EnrolAsync();
        if (enrolled is not null)
        {
            await owner.ProveAgainAsync(enrolled.RecoveryCodes[0]);
        }
        var (tried, place) = ((IWayIn)Activator.CreateInstance(Ways[way])!, new MatrixPlace(before, shared.Provider, owner, person, enrolled));
        await tried.PrepareAsync(place);
        if (state == Trusted)
        {
            await browser.TrustAsync(person, enrolled!.RecoveryCodes[1]);
            (browser.Access, _) = (null, browser.Cookies.Remove("refresh_token"));
        }
        if (policy == "admins")
        {
            await before.Database.ChangeAsync(person, "roles = '{admin}'");
        }
        var sessions = await before.Database.LiveSessionsAsync(person);
        var answer = await tried.EnterAsync(place, browser, transport == "cookie" ? [] : [("X-Token-Transport", transport)]);
        var due = tried.IsByTwo ? null : Due(state == Trusted && tried.EndsAll ? Factor : state, policy, transport);
        var left = tried.EndsAll ? 0 : sessions;
        if (due is not null)
        {
            answer.AssertRefused(403, due);
            Assert.Null(answer.RefreshCookie);
            Assert.True(answer["access"] is null && answer["session_token"] is null && answer.Cookie("accounts_session") is null, answer.ToString());
            Assert.Equal(left, await before.Database.LiveSessionsAsync(person));
            answer = enrolled is null ? await before.EnrolAsync(browser, person, answer["ticket"]) : await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[2]);
        }
        Assert.True(answer.Status == 200, answer.ToString());
        var acr = transport.StartsWith("session", StringComparison.Ordinal) ? await LevelOfAsync(before, person) : SecondFactorSteps.ClaimsOf(answer.Access).GetProperty("acr").GetString();
        Assert.Equal(due is null && !tried.IsByTwo ? "aal1" : "aal2", acr);
        Assert.Equal(transport, TransportOf(answer));
        // A factor that is added ends what there was.
        Assert.Equal(enrolled is null && due is not null ? 1 : left + 1, await before.Database.LiveSessionsAsync(person));
    }

    /// <summary>By what the answer has, and by nothing else.</summary>
    private static string TransportOf(Answer answer) =>
        (answer["refresh"] is not null, answer.RefreshCookie?.Length > 0, answer["session_token"] is not null, answer.Cookie("accounts_session")?.Length > 0, answer["access"] is not null) switch
        {
            (true, false, false, false, true) => "body",
            (false, true, false, false, true) => "cookie",
            (false, false, true, false, false) => "session-body",
            (false, false, false, true, false) => "session",
            var mixed => $"{mixed}",
        };

    private static async Task<string> LevelOfAsync(TestServer server, Person person) => await server.Database.ScalarAsync<bool>(
        "SELECT 'mfa' = ANY (s.amr) FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = @email ORDER BY s.created_at DESC LIMIT 1", ("email", person.Email)) ? "aal2" : "aal1";

    /// <summary>Null where one factor is enough.</summary>
    private static string? Due(string state, string policy, string transport) => (state, policy, transport) switch
    {
        (None, "never", _) => null,
        (None, _, _) => "second_factor_enrolment_required",
        (Trusted, not "admins", "cookie" or "session") => null,
        _ => "second_factor_required",
    };
}
