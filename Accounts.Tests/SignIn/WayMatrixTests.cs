using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passwords;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>Each way in, by each state of the second factor and each way that a refresh token travels.</summary>
[Trait("Pace", "slow")]
public sealed class WayMatrixTests(EmailCodesServer shared) : IClassFixture<EmailCodesServer>
{
    private static readonly Dictionary<string, Type> Ways = typeof(IWayIn).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IWayIn)) && !type.IsAbstract).ToDictionary(type => type.Name);

    public static TheoryData<string, bool, string> Matrix
    {
        get
        {
            var rows = new TheoryData<string, bool, string>();
            foreach (var way in Ways.Keys.Order(StringComparer.Ordinal))
            {
                foreach (var transport in new[] { "cookie", "body" })
                {
                    rows.Add(way, false, transport);
                    rows.Add(way, true, transport);
                }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Matrix))]
    public async Task MF_06_A_way_in_signs_in_who_has_no_second_factor_and_gives_a_ticket_to_who_has_one(string way, bool hasFactor, string transport)
    {
        using var owner = shared.Server.Client();
        using var browser = shared.Server.Client();
        var person = await shared.Server.SignInVerifiedAsync(owner);
        var enrolled = hasFactor ? await owner.EnrolAsync() : null;
        if (enrolled is not null)
        {
            await owner.ProveAgainAsync(enrolled.RecoveryCodes[0]);
        }
        var (tried, place) = ((IWayIn)Activator.CreateInstance(Ways[way])!, new MatrixPlace(shared.Server, shared.Provider, owner, person));
        await tried.PrepareAsync(place);
        var sessions = await shared.Server.Database.LiveSessionsAsync(person);
        var answer = await tried.EnterAsync(place, browser, transport == "body" ? [("X-Token-Transport", "body")] : []);
        if (enrolled is not null)
        {
            answer.AssertRefused(403, "second_factor_required");
            Assert.Null(answer.RefreshCookie);
            Assert.Equal(sessions, await shared.Server.Database.LiveSessionsAsync(person));
            answer = await browser.ProveAsync(answer["ticket"], enrolled.RecoveryCodes[1]);
        }
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(hasFactor ? "aal2" : "aal1", SecondFactorSteps.ClaimsOf(answer.Access).GetProperty("acr").GetString());
        Assert.Equal((transport == "body", transport == "cookie"), (answer["refresh"] is not null, answer.RefreshCookie is not null));
        Assert.Equal(sessions + 1, await shared.Server.Database.LiveSessionsAsync(person));
    }
}
