using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Accounts.Tests.TrustedDevices;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Each way in, by each state of the second factor, each policy, and each way that a refresh token travels.</summary>
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
                        rows.Add(new TheoryDataRow<string, string, string, string>(way, state, policy, "body").WithTrait("Pace", "long"));
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
        var answer = await tried.EnterAsync(place, browser, transport == "body" ? [("X-Token-Transport", "body")] : []);
        var due = tried.IsByTwo ? null : Due(state == Trusted && tried.EndsAll ? Factor : state, policy, transport);
        var left = tried.EndsAll ? 0 : sessions;
        if (due is not null)
        {
            answer.AssertRefused(403, due);
            Assert.Null(answer.RefreshCookie);
            Assert.Null(answer["access"]);
            Assert.Equal(left, await before.Database.LiveSessionsAsync(person));
            answer = enrolled is null ? await before.EnrolAsync(browser, person, answer["ticket"]) : await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[2]);
        }
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(due is null && !tried.IsByTwo ? "aal1" : "aal2", SecondFactorSteps.ClaimsOf(answer.Access).GetProperty("acr").GetString());
        Assert.Equal((transport == "body", transport == "cookie"), (answer["refresh"] is not null, answer.RefreshCookie is not null));
        // A factor that is added ends what there was.
        Assert.Equal(enrolled is null && due is not null ? 1 : left + 1, await before.Database.LiveSessionsAsync(person));
    }

    /// <summary>Null where one factor is enough.</summary>
    private static string? Due(string state, string policy, string transport) => (state, policy, transport) switch
    {
        (None, "never", _) => null,
        (None, _, _) => "second_factor_enrolment_required",
        (Trusted, not "admins", "cookie") => null,
        _ => "second_factor_required",
    };
}
