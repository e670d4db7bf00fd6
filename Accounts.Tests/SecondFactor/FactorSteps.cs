using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Accounts.Core;
using Accounts.Core.Data;
using Accounts.Core.SecondFactor;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>What somebody has who has added an authenticator app.</summary>
internal sealed record Enrolled(string Secret, string[] RecoveryCodes);

/// <summary>The steps of second factors. The apps are those of another library.</summary>
internal static class FactorSteps
{
    public const string Factors = "/api/auth/factors/", Begin = "/api/auth/factors/totp/begin/", Confirm = "/api/auth/factors/totp/confirm/";

    public const string RecoveryCodes = "/api/auth/factors/recovery-codes/";

    public static Task<Answer> BeginTotpAsync(this ApiClient client) => client.PostAsync(Begin);

    public static Task<Answer> ConfirmTotpAsync(this ApiClient client, string code, string? name = null) => client.PostAsync(Confirm, new { code, name = name ?? "" });

    /// <summary>The code that an app shows, or showed so many steps ago.</summary>
    public static string CodeOf(string secret, int steps = 0) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * steps));

    /// <summary>Another than those of now.</summary>
    public static string WrongCode(string secret) => new[] { "000000", "111111", "222222", "333333" }.Except([CodeOf(secret, -1), CodeOf(secret), CodeOf(secret, 1), CodeOf(secret, 2)]).First();

    public static async Task<Enrolled> EnrolAsync(this ApiClient client, string? name = null)
    {
        var secret = (await client.BeginTotpAsync())["secret"]!;
        var answer = await client.ConfirmTotpAsync(CodeOf(secret), name);
        Assert.True(answer.Status == 200, answer.ToString());
        return new Enrolled(secret, answer.Codes());
    }

    public static string[] Codes(this Answer answer) => [.. answer.Json.GetProperty("recovery_codes").EnumerateArray().Select(code => code.GetString()!)];

    public static async Task<JsonElement[]> AppsAsync(this ApiClient client) => [.. (await client.GetAsync(Factors)).Json.GetProperty("totp").EnumerateArray()];

    public static async Task<string> FactorIdAsync(this ApiClient client, int index = 0) => (await client.AppsAsync())[index].GetProperty("id").GetString()!;

    public static Task<Answer> RemoveFactorAsync(this ApiClient client, string id) => client.SendAsync(HttpMethod.Delete, $"{Factors}{id}/", null);

    public static Task<Answer> RenameFactorAsync(this ApiClient client, string id, object body) => client.SendAsync(HttpMethod.Patch, $"{Factors}{id}/", JsonContent.Create(body));

    /// <summary>As any route does that asks for a code.</summary>
    /// <returns>by what the user is proved; null for a wrong code</returns>
    public static async Task<string[]?> TryCodeAsync(this TestServer server, Person person, string code, string? deviceCookie = null)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
        var device = new Device(IPAddress.Parse("192.0.2.7"), "Tests/1.0") { Cookie = deviceCookie };
        var methods = await scope.ServiceProvider.GetRequiredService<FactorCodes>().TryAsync(user, code, device, CancellationToken.None);
        await db.SaveChangesAsync();
        return methods;
    }

    /// <summary>As if the app had not been used for a while.</summary>
    public static Task<int> ForgetStepsAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE totp_factors f SET last_step = last_step - 100 FROM users u WHERE u.id = f.user_id AND u.email = @email", ("email", person.Email));

    public static Task<long> TotpFactorsAsync(this TestDatabase database, Person person, string where = "true") =>
        database.CountAsync("totp_factors f JOIN users u ON u.id = f.user_id", $"u.email = @email AND {where}", ("email", person.Email));

    public static Task<long> RecoveryCodesAsync(this TestDatabase database, Person person, string where = "true") =>
        database.CountAsync("recovery_codes c JOIN users u ON u.id = c.user_id", $"u.email = @email AND {where}", ("email", person.Email));

    /// <summary>Whether the column of ways says what the table does.</summary>
    public static Task<long> HasAppAsync(this TestDatabase database, Person person) =>
        database.UsersAsync(person.Email, "'totp' = ANY (ways) AND EXISTS (SELECT FROM totp_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL)");

    /// <summary>All that is stored of somebody's factors, and the user.</summary>
    public static Task<string> DumpOfFactorsAsync(this TestDatabase database, Person person) => database.ScalarAsync<string>("""
        SELECT concat(u, (SELECT string_agg(f::text, '|' ORDER BY f.id) FROM totp_factors f WHERE f.user_id = u.id), (SELECT string_agg(c::text, '|' ORDER BY c.hash) FROM recovery_codes c WHERE c.user_id = u.id))
        FROM users u WHERE u.email = @email
        """, ("email", person.Email));
}
