using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>An account in one of the states that a new identity may find it in, and who is signed in to it.</summary>
/// <param name="Person">whose it is; a password that was never set is not theirs</param>
/// <param name="Id">empty where there is none</param>
internal sealed record Holder(Person Person, Guid Id)
{
    public string Email => Person.Email;
}

/// <summary>Makes accounts in every state that there is: verified by whatever verifies, and with whatever may be connected.</summary>
internal sealed class AccountStates(TestServer server, ProviderDouble provider)
{
    public async Task<Holder> MakeAsync(string state, ApiClient owner)
    {
        var person = state.Split(", ") switch
        {
            ["nobody"] => Some.Person(),
            ["same browser", ..] => await server.SignInVerifiedAsync(owner),
            ["elsewhere"] => await VerifiedElsewhereAsync(owner),
            ["code"] => await VerifiedByCodeAsync(owner),
            ["reset"] => await VerifiedByResetAsync(owner),
            ["provider"] => await OfIdentityAsync(owner, Identity.OfGitHub()),
            ["unverified", "of Facebook"] => await OfIdentityAsync(owner, Identity.OfFacebook()),
            ["unverified", ..] => await owner.SignInSomebodyAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
        };
        await ChangeAsync(state.Split(", ")[^1], person, owner);
        return new Holder(person, state == "nobody" ? Guid.Empty : TokenText.UserOf(owner.RefreshCookie!));
    }

    private async Task ChangeAsync(string what, Person person, ApiClient owner)
    {
        switch (what)
        {
            case "a role":
                await server.Database.ChangeAsync(person, "roles = '{editor}'");
                break;
            case "deleted":
                await server.Database.ChangeAsync(person, "deleted_at = now()");
                break;
            case "another Google":
                Assert.Equal(200, (await owner.ConnectAsync(provider, Identity.OfGoogle())).Status);
                break;
            case "a GitHub":
                Assert.Equal(200, (await owner.ConnectAsync(provider, Identity.OfGitHub())).Status);
                break;
        }
    }

    public async Task<Person> VerifiedElsewhereAsync(ApiClient owner)
    {
        using var stranger = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(owner);
        Assert.Equal(200, (await stranger.VerifyAsync(token)).Status);
        await owner.SignInAsync(person);
        return person;
    }

    private async Task<Person> VerifiedByCodeAsync(ApiClient owner)
    {
        var person = await owner.RegisterSomebodyAsync();
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email)))).Status);
        await owner.SignInAsync(person);
        return person;
    }

    private async Task<Person> VerifiedByResetAsync(ApiClient owner)
    {
        var person = await owner.RegisterSomebodyAsync();
        Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, person))).Status);
        person = person with { Password = Some.OtherPassword };
        await owner.SignInAsync(person);
        return person;
    }

    private async Task<Person> OfIdentityAsync(ApiClient owner, Identity identity)
    {
        var answer = await owner.SignInAsync(provider, identity);
        Assert.True(answer.Status == 200, answer.ToString());
        owner.Access = answer.Access;
        return new Person("", identity.Email, Some.Password);
    }
}
