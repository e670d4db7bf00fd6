using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>The steps of a sign-in that takes two.</summary>
internal static class SecondFactorSteps
{
    public static Task<Answer> ProveAsync(this ApiClient client, string? ticket, string code) =>
        client.PostAsync("/api/auth/login/second-factor/", ticket is null ? new { code } : new { ticket, code });

    /// <summary>The ticket that the right password gets.</summary>
    public static async Task<string> TicketAsync(this ApiClient client, Person person)
    {
        var answer = await client.LoginAsync(person);
        answer.AssertRefused(403, "second_factor_required");
        return answer["ticket"]!;
    }

    /// <summary>Somebody whose address is verified and who has an authenticator app; signed in by one factor.</summary>
    public static async Task<(Person Person, Enrolled Enrolled)> EnrolSomebodyAsync(this TestServer server, ApiClient client)
    {
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        return (person, await client.EnrolAsync());
    }

    /// <summary>Where another node may have sent the mail.</summary>
    public static async Task<Person> SignInProvedAsync(this TestServer server, ApiClient client)
    {
        var person = await client.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "email_verified = true, verified_by = 'code', verified_at = now()");
        return person;
    }

    public static async Task<string> TokensOfAsync(this TestDatabase database, Person person) =>
        await database.ScalarAsync<string>("SELECT coalesce(string_agg(t::text, '|'), '') FROM sign_in_tickets t JOIN users u ON u.id = t.user_id WHERE u.email = @email", ("email", person.Email));

    public static Task<int> AgeTicketsAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE sign_in_tickets t SET expires_at = clock_timestamp() FROM users u WHERE u.id = t.user_id AND u.email = @email", ("email", person.Email));

    /// <summary>What stands in an access token.</summary>
    public static System.Text.Json.JsonElement ClaimsOf(string access) =>
        System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(access.Split('.')[1])).RootElement;

    public static void AssertProved(this Answer answer, string acr, params string[] amr)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        var claims = ClaimsOf(answer.Access);
        Assert.Equal(acr, claims.GetProperty("acr").GetString());
        Assert.Equal(amr, claims.GetProperty("amr").EnumerateArray().Select(method => method.GetString()!));
    }
}
