using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Api.Passkeys;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>The ceremonies of a user who is known already, as the flows ask for them that come after another proof.</summary>
public sealed class PasskeyCeremonyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData(PasskeyPurpose.SecondFactor, "preferred"), InlineData(PasskeyPurpose.Recover, "preferred"), InlineData(PasskeyPurpose.Reauthenticate, "required")]
    public async Task SG_23_Whether_the_user_was_verified_is_told_of_this_ceremony_and_not_of_the_registration(PasskeyPurpose purpose, string requirement)
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var asked = default(JsonElement);
        var verified = await RunAsync(purpose, person, options => authenticator.Get(asked = options));
        Assert.Equal(requirement, asked.GetProperty("userVerification").GetString());
        Assert.Equal(Ceremony.Text(authenticator.CredentialId), Assert.Single(asked.GetProperty("allowCredentials").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal((person.Email, true, "pop user mfa"), (verified.User.Email, verified.UserVerified, string.Join(' ', verified.Methods)));
        var unverified = () => RunAsync(purpose, person, options => authenticator.Get(options, ceremony => ceremony.Drop(Ceremony.Verified)));
        if (requirement == "required")
        {
            await Assert.ThrowsAsync<AuthenticationFailedException>(unverified);
        }
        else
        {
            var proven = await unverified();
            Assert.Equal((false, "pop"), (proven.UserVerified, string.Join(' ', proven.Methods)));
        }
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_09_A_users_ceremony_takes_their_own_passkey_alone_and_needs_no_handle()
    {
        using ApiClient client = server.Client(), another = server.Client();
        var (person, own) = await server.SignInWithPasskeyAsync(client);
        var (_, others) = await server.SignInWithPasskeyAsync(another);
        Assert.Equal(person.Email, (await RunAsync(PasskeyPurpose.SecondFactor, person, options => own.Get(options, ceremony => ceremony.Handle = null))).User.Email);
        Func<JsonElement, JsonObject>[] wrong =
        [
            options => others.Get(options), options => others.Get(options, ceremony => ceremony.Handle = own.Handle), options => own.Get(options, ceremony => ceremony.Handle = others.Handle),
        ];
        foreach (var answer in wrong)
        {
            await Assert.ThrowsAsync<AuthenticationFailedException>(() => RunAsync(PasskeyPurpose.SecondFactor, person, answer));
        }
        own.Dispose();
        others.Dispose();
    }

    private async Task<ProvenPasskey> RunAsync(PasskeyPurpose purpose, Person person, Func<JsonElement, JsonObject> answer)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<AccountsDb>().Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
        var ceremony = scope.ServiceProvider.GetRequiredService<PasskeyCeremony>();
        var context = new DefaultHttpContext();
        var begun = await ceremony.BeginAsync(purpose, user, context);
        var passkey = answer(JsonSerializer.SerializeToElement(begun.PublicKey));
        return await ceremony.FinishAsync(new PresentedPasskey(begun.State, passkey), purpose, user.Id, context);
    }
}
