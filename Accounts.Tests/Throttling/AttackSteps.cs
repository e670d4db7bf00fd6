using Accounts.Tests.Support;

namespace Accounts.Tests.Throttling;

/// <summary>What attackers do.</summary>
internal static class AttackSteps
{
    public static async Task<List<Answer>> GuessAsync(this ApiClient client, Person person, int times)
    {
        var answers = new List<Answer>();
        for (var i = 0; i < times; i++)
        {
            answers.Add(await client.LoginAsync(person with { Password = Some.OtherPassword }));
        }
        return answers;
    }

    /// <summary>Whatever is blocked stays so for a while, however long a busy machine takes for the next request.</summary>
    public static Task<int> HoldBlocksAsync(this TestDatabase database) => database.ExecuteAsync(
        "UPDATE throttle_counters SET blocked_until = clock_timestamp() + interval '90 seconds' WHERE blocked_until IS NOT NULL");

    /// <summary>As a proxy hands it on that saw this address.</summary>
    public static Task<Answer> LoginFromAsync(this ApiClient client, string address, Person person) => client.PostAsync(
        "/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Forwarded-For", address));

    /// <inheritdoc cref="LoginFromAsync"/>
    public static Task<Answer> ResetFromAsync(this ApiClient client, string address, string token, string password) => client.PostAsync(
        "/api/auth/password/reset/confirm/", new { token, new_password = password }, ("X-Forwarded-For", address));
}
