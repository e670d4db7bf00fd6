using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Kinds of characters are asked for where the operator is bound to do so, and nowhere else.</summary>
public sealed class PasswordCompositionTests(PasswordCompositionTests.Strict shared) : IClassFixture<PasswordCompositionTests.Strict>
{
    [Theory]
    [InlineData("qjzvkwxpml", "[\"This password must contain at least one capital letter, one digit, one special character.\"]")]
    [InlineData("QJZVKWXPML7!", "[\"This password must contain at least one small letter.\"]")]
    [InlineData("Qjzvkwxpml7", "[\"This password must contain at least one special character.\"]")]
    [InlineData("Qjzvkwxpml 7", null)]
    [InlineData("Éjzvkwxpml٣·", null)]
    public async Task PW_01_What_a_sign_up_lacks_is_told_at_once(string password, string? mistake)
    {
        using var client = shared.Server.Client();
        var answer = await client.RegisterAsync(Some.Person() with { Password = password });
        Assert.Equal(mistake is null ? 201 : 400, answer.Status);
        Assert.Equal(mistake, answer["password"]);
    }

    [Fact]
    public async Task PW_01_A_change_is_held_to_it_and_a_sign_in_is_not()
    {
        using var client = shared.Server.Client();
        var person = Some.Person() with { Password = "Qjzvkwxpml 7" };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.SignInAsync(person);
        var answer = await client.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = "mlpxwkvzjq 7" });
        Assert.Equal(400, answer.Status);
        Assert.Equal("[\"This password must contain at least one capital letter.\"]", answer["new_password"]);
        Assert.Equal(401, (await client.LoginAsync(person with { Password = "mlpxwkvzjq" })).Status);
    }

    public sealed class Strict(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Passwords:RequireUppercase", "true"), ("Accounts:Passwords:RequireLowercase", "true"), ("Accounts:Passwords:RequireDigit", "true"), ("Accounts:Passwords:RequireSpecial", "true"));
}
