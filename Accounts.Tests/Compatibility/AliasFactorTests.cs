using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Accounts.Tests.TrustedDevices;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>Each sign-in of each library, by each state of the second factor, each policy, and for pages and programs: a due factor opens nothing.</summary>
[Trait("Pace", "long")]
public sealed class AliasFactorTests(PolicyServers shared) : IClassFixture<PolicyServers>
{
    private const string None = "none", Factor = "a factor", Trusted = "a trusted device", Social = "/dj-rest-auth/google/";

    /// <summary>Where, and the member that has the credential; none where it is a cookie's alone.</summary>
    private static readonly Dictionary<string, string?> SignIns = new()
    {
        ["/dj-rest-auth/login/"] = "access", [Social] = "access", ["/djoser/jwt/create/"] = "access", ["/djoser/token/login/"] = "auth_token",
        ["/api/token/"] = "access", ["/login"] = "sessionToken", ["/auth/login"] = null, ["/api/authenticate"] = null,
    };

    public static TheoryData<string, string, string, bool> Matrix
    {
        get
        {
            var rows = new TheoryData<string, string, string, bool>();
            foreach (var path in SignIns.Keys)
            {
                foreach (var state in new[] { None, Factor, Trusted })
                {
                    foreach (var policy in new[] { "never", "admins", "everybody" })
                    {
                        rows.Add(path, state, policy, true);
                        rows.Add(path, state, policy, false);
                    }
                }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Matrix))]
    public async Task MF_06_A_sign_in_of_a_library_signs_in_who_needs_no_second_factor_and_gives_a_ticket_to_who_has_or_must_have_one(string path, string state, string policy, bool isPage)
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
        var identity = Identity.OfGoogle();
        if (path == Social)
        {
            Assert.Equal(200, (await owner.ConnectAsync(shared.Provider, identity)).Status);
        }
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
        var body = path == Social
            ? (object)new { code = shared.Provider.Issue(identity, SocialSteps.Challenge(), $"{browser.Address}"), code_verifier = SocialSteps.Verifier }
            : new { username = person.Username, email = person.Email, uid = person.Username, password = person.Password };
        var answer = await browser.PostAsync(path, body, isPage ? [EveryLibrary.Page] : []);
        // Who may have tokens in bodies keeps no trusted device; a cookie's session does.
        var keepsCookies = isPage || SignIns[path] is null;
        var wasDue = Due(state, policy, keepsCookies) is not null;
        if (Due(state, policy, keepsCookies) is { } due)
        {
            Assert.Equal((403, due), (answer.Status, answer["code"]));
            Assert.DoesNotContain(answer.SetCookies, cookie => cookie.StartsWith("refresh_token", StringComparison.Ordinal) || cookie.StartsWith("accounts_session", StringComparison.Ordinal));
            Assert.True(SignIns[path] is not { } member || answer[member] is null, answer.ToString());
            Assert.Equal(sessions, await before.Database.LiveSessionsAsync(person));
            answer = enrolled is null ? await before.EnrolAsync(browser, person, answer["ticket"]) : await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[2]);
        }
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(keepsCookies, answer.SetCookies.Any(IsNew));
        // A factor that is added ends what there was.
        Assert.Equal(wasDue && enrolled is null ? 1 : sessions + 1, await before.Database.LiveSessionsAsync(person));
    }

    private static bool IsNew(string cookie) => cookie.Split(';')[0].Split('=', 2) is ["refresh_token" or "accounts_session", { Length: > 0 }];

    /// <summary>Null where one factor is enough.</summary>
    private static string? Due(string state, string policy, bool keepsCookies) => (state, policy, keepsCookies) switch
    {
        (None, "never", _) => null,
        (None, _, _) => "second_factor_enrolment_required",
        (Trusted, not "admins", true) => null,
        _ => "second_factor_required",
    };
}
