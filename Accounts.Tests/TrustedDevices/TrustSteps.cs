using System.Text.Json;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;

namespace Accounts.Tests.TrustedDevices;

/// <summary>The steps of trusting a device.</summary>
internal static class TrustSteps
{
    public const string Cookie = "trusted_device", Devices = "/api/auth/devices/";

    /// <summary>Signs in by both factors, and asks for no question the next time.</summary>
    public static async Task<Answer> TrustAsync(this ApiClient browser, Person person, string code)
    {
        // Whoever was signed in there before is not, to who signs in.
        browser.Access = null;
        var answer = await browser.ProveTrustingAsync(await browser.TicketAsync(person), code);
        answer.AssertProved("aal2", "pwd", "otp", "mfa");
        browser.Access = answer.Access;
        return answer;
    }

    public static Task<Answer> ProveTrustingAsync(this ApiClient browser, string ticket, string code) =>
        browser.PostAsync("/api/auth/login/second-factor/", new { ticket, code, trust_device = true });

    /// <summary>By both factors, and without trust.</summary>
    public static async Task SignInBothAsync(this ApiClient browser, Person person, string code)
    {
        var answer = await browser.ProveAsync(await browser.TicketAsync(person), code);
        answer.AssertProved("aal2", "pwd", "otp", "mfa");
        browser.Access = answer.Access;
    }

    /// <summary>A device that is trusted, as the table has it.</summary>
    public static async Task PlantTrustAsync(this TestDatabase database, Person person) => Xunit.Assert.Equal(1, await database.ExecuteAsync("""
        INSERT INTO trusted_devices (user_id, id, token_hash, security_stamp, epoch, name, ip, created_at, last_used_at, expires_at)
        SELECT id, gen_random_uuid(), 'x', security_stamp, sessions_epoch, 'Tests', '192.0.2.1', now(), now(), now() + interval '1 day' FROM users WHERE email = @email
        """, ("email", person.Email)));

    public static async Task<JsonElement[]> DevicesAsync(this ApiClient client) => [.. (await client.GetAsync(Devices)).Json.EnumerateArray()];

    public static Task<Answer> RemoveDeviceAsync(this ApiClient client, string id) => client.SendAsync(HttpMethod.Delete, $"{Devices}{id}/", null);

    public static Task<long> TrustedAsync(this TestDatabase database, Person person, string where = "true") =>
        database.CountAsync("trusted_devices d JOIN users u ON u.id = d.user_id", $"u.email = @email AND {where}", ("email", person.Email));
}
