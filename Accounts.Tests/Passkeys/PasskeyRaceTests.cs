using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Passkeys;

/// <summary>One state, presented by many at once, over two server processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class PasskeyRaceTests(TwoNodes fixture)
{
    private const int Many = 16;
    private const string PublicOrigin = "http://localhost:8000";

    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task MF_10_Of_sixteen_that_finish_one_sign_in_at_once_one_is_signed_in()
    {
        using var client = nodes.Client();
        var person = await client.SignInSomebodyAsync();
        await nodes.Database.ChangeAsync(person, "email_verified = true");
        using var authenticator = new SoftwareAuthenticator(PublicOrigin);
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var begun = await nodes.WithAsync(any => any.BeginSignInAsync());
            var passkey = authenticator.Get(begun.PublicKey());
            var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => nodes.WithAsync(any => any.FinishSignInAsync(begun["state"], passkey))));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(401, "invalid_credentials"));
        });
        Assert.Equal(1 + Rounds.Count, await nodes.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task MF_10_Of_sixteen_that_finish_one_registration_at_once_one_adds_the_passkey()
    {
        using var client = nodes.Client();
        var person = await client.SignInSomebodyAsync();
        await nodes.Database.ChangeAsync(person, "email_verified = true");
        var begun = await client.BeginAdditionAsync();
        using var authenticator = new SoftwareAuthenticator(PublicOrigin);
        var passkey = authenticator.Create(begun.PublicKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => nodes.WithAsync(any =>
        {
            any.Access = client.Access;
            return any.FinishAdditionAsync(begun["state"], passkey);
        })));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.AssertRefused(400, "invalid_passkey"));
        Assert.Equal(1, await nodes.Database.PasskeysAsync(person));
    }

    [Fact]
    public async Task MF_11_Of_sixteen_assertions_with_one_count_one_signs_in()
    {
        using var client = nodes.Client();
        var person = await client.SignInSomebodyAsync();
        await nodes.Database.ChangeAsync(person, "email_verified = true");
        using var authenticator = new SoftwareAuthenticator(PublicOrigin) { Counter = 1 };
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        var begun = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => nodes.WithAsync(any => any.BeginSignInAsync())));
        var answers = await Task.WhenAll(begun.Select(one => (one, Passkey: authenticator.Get(one.PublicKey(), ceremony => ceremony.Counter = 7)))
            .Select(one => nodes.WithAsync(any => any.FinishSignInAsync(one.one["state"], one.Passkey))));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(1, await nodes.Database.PasskeysAsync(person, "p.counter = 7"));
        await nodes.Database.CountedAsync(person, "passkey_counter_regressed", Many - 1);
    }
}
